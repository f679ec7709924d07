import Extraction

/// Who said which segment: what was heard, what a person decided, and the names a person gave to the labels.
public struct SpeakerNames: Hashable, Sendable {
  private var heard: [Int: String] = [:]
  private var decided: [Int: String] = [:]
  private var names: [String: String] = [:]

  /// Nobody has spoken yet.
  public init() {}

  /// The labels of everybody who was heard, in alphabetical order.
  public var labels: [String] { Set(heard.values).union(decided.values).sorted() }

  /// The name of a label; the label itself where nobody gave one.
  public func name(_ label: String) -> String { names[label] ?? label }

  /// The label of a segment, as it was heard or decided.
  public func label(of segment: Int) -> String? { decided[segment] ?? heard[segment] }

  /// Notes labels of segments; what a person decided outweighs what is heard later.
  public mutating func note(_ labels: [Int: String], byPerson: Bool) {
    if byPerson { decided.merge(labels) { $1 } } else { heard.merge(labels) { $1 } }
  }

  /// Gives a label a name.
  public mutating func rename(_ label: String, to name: String) { names[label] = name }

  /// The name of whoever said a segment; its own label is noted when it is the first that is known.
  public mutating func name(of segment: TranscriptSegment) -> String? {
    if label(of: segment.id) == nil, let speaker = segment.speaker { heard[segment.id] = speaker }
    return label(of: segment.id).map(name)
  }
}
