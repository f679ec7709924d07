import Exchange
import Forms
import Interview
import Store

/// Counts of submissions by day, office and item of a list (a need, a language): the rows of the table `daily`.
///
/// A row with the field and value ``everything`` counts all submissions of the day.
struct DailyCounts {
  /// Stands for all submissions.
  static let everything = "all"

  struct Key: Hashable, Comparable {
    let partition: LakePartition
    let field: String
    let value: String

    static func < (a: Key, b: Key) -> Bool {
      (a.partition, a.field, a.value) < (b.partition, b.field, b.value)
    }
  }

  private(set) var counts: [Key: Int] = [:]
  private let fields: Set<String>

  init(_ source: AnalyticsSource) {
    fields = Self.fields(source)
  }

  /// The fields whose items are counted.
  static func fields(_ source: AnalyticsSource) -> Set<String> {
    Set(source.shownFields.filter { $0.type == .multipleChoice }.map(\.name.rawValue))
  }

  var sorted: [(Key, Int)] { counts.sorted { $0.key < $1.key } }

  mutating func add(_ row: borrowing PackedRow) {
    let partition = LakePartition(row)
    counts[Key(partition: partition, field: Self.everything, value: Self.everything), default: 0] +=
      1
    for cell in row.cells where cell.status.isDecided && cell.kind == .list {
      let name = row.text(cell.name)
      guard fields.contains(name), case .list(let items)? = row.value(cell) else { continue }
      for item in items {
        counts[Key(partition: partition, field: name, value: item), default: 0] += 1
      }
    }
  }
}
