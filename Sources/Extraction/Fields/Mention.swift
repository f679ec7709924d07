import Forms

/// One hearing of a value, before mentions are weighed against each other.
struct Mention: Hashable, Sendable {
  let field: FieldName
  let value: FieldValue
  /// 0 to 1, by itself.
  var confidence: Double
  var checks: [Check] = []
  /// Index of the turn's tokens it was read from.
  let tokens: Range<Int>
  let rule: String
  var alternatives: [Alternative] = []
  /// Words of earlier turns it was read from too.
  var earlier: [Evidence] = []
}
