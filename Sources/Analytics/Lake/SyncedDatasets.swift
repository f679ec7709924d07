import Exchange
import Forms
import Store

/// The dataset `fields` for a bucket: the same files as in a lake's folder.
package struct FieldsDataset: LakeDataset {
  package let name = AnalyticsTable.Name.fields.rawValue
  package let adds = false
  private let isIdentified: Bool

  /// - Parameter isIdentified: shows values and words of fields that identify a person, and free text.
  package init(isIdentified: Bool) { self.isIdentified = isIdentified }

  package func part(
    of ids: [String], _ submissions: SubmissionStore, _ form: FormDefinition, _ format: LakeFormat
  ) throws -> (payload: [UInt8], ids: [String]) {
    let source = AnalyticsSource(submissions, form: form, isIdentified: isIdentified)
    var payload = RecordText.header(FieldParts.columns, format)
    var found: [String] = []
    try submissions.forEachPayload(of: ids) { id, json in
      let record: SubmissionRecord
      do { record = try SubmissionRecord.read(json, hidden: source.isHidden) } catch {
        throw StoreError.unreadable(id: id)
      }
      for row in FieldParts.rows(record, LakePartition(record.summary)) {
        RecordText.append(FieldParts.columns, row, format, to: &payload)
      }
      found.append(id)
    }
    return (payload, found)
  }
}

/// The dataset `daily` for a bucket: what these submissions add to the counts of their day; readers add up.
package struct DailyDataset: LakeDataset {
  package let name = AnalyticsTable.Name.daily.rawValue
  package let adds = true

  package init() {}

  package func part(
    of ids: [String], _ submissions: SubmissionStore, _ form: FormDefinition, _ format: LakeFormat
  ) throws -> (payload: [UInt8], ids: [String]) {
    var counts = DailyCounts(AnalyticsSource(submissions, form: form))
    var found: [String] = []
    try submissions.forEachPackedRow(of: ids) { row in
      counts.add(row)
      found.append(row.text(row.id))
    }
    var payload = RecordText.header(DailyParts.columns, format)
    for (key, count) in counts.sorted {
      DailyParts.append(key.field, key.value, count, format, to: &payload)
    }
    return (payload, found)
  }
}
