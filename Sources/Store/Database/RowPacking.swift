import Forms
import Interview
import Vault

extension PackedRow {
  /// The packed bytes of a submission's values.
  static func pack(_ submission: Submission) -> [UInt8] {
    var bytes: [UInt8] = [version, consentByte(submission.consent)]
    bytes.appendLittleEndian(submission.began)
    bytes.appendLittleEndian(submission.submitted)
    for text in [
      submission.id, submission.form, submission.formVersion, submission.stage,
      submission.language, submission.technician, packed(submission.linked),
    ] {
      bytes.appendRun(text, UInt16.self)
    }
    bytes.appendLittleEndian(UInt16(clamping: submission.fields.count))
    for field in submission.fields.prefix(Int(UInt16.max)) {
      bytes.appendRun(field.name.rawValue, UInt8.self)
      bytes.append(UInt8(statuses.firstIndex(of: field.status) ?? 0))
      let (kind, text) = packed(field.value)
      bytes.append(kind.rawValue)
      bytes.appendRun(text, UInt32.self)
    }
    return bytes
  }

  private static func packed(_ value: FieldValue?) -> (Kind, String) {
    switch value {
    case nil: (.none, "")
    case .text(let text): (.text, text)
    case .integer(let number): (.integer, String(number))
    case .boolean(let flag): (.boolean, flag ? "true" : "false")
    case .list(let items): (.list, packed(items))
    }
  }

  private static func packed(_ items: [String]) -> String {
    items.map { $0 + "\u{1F}" }.joined()
  }

  private static func consentByte(_ consent: Consent?) -> UInt8 {
    consent.map { 1 | ($0.recording ? 2 : 0) | ($0.data ? 4 : 0) } ?? 0
  }
}

extension [UInt8] {
  /// Appends a length and the text's bytes, cut at a character when the length has no room for more.
  fileprivate mutating func appendRun<Length: FixedWidthInteger>(
    _ text: String, _ length: Length.Type
  ) {
    var text = text
    while text.utf8.count > Int(clamping: Length.max) { text.removeLast() }
    appendLittleEndian(Length(text.utf8.count))
    append(contentsOf: text.utf8)
  }
}
