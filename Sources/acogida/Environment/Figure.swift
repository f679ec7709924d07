import Reports

/// Shares and measures in words.
enum Figure {
  /// One decimal.
  static func short(_ value: Double) -> String { fixed(value, 1) }

  /// A share as whole percent; a dash for nothing.
  static func percent(_ share: Double?) -> String {
    share.map { "\(Int(($0 * 100).rounded())) %" } ?? "-"
  }

  /// With so many decimals, rounded; a dash for what is no number.
  static func fixed(_ value: Double, _ decimals: Int) -> String {
    value.isFinite ? Table.Cell.fixed(value, decimals) : "-"
  }
}

/// The shape of an answer.
enum AnswerFormat: String, CaseIterable {
  case table
  case csv
  case json
}
