/// What a technician made of the warning that the person may have been here before.
public struct DuplicateDecision: Hashable, Sendable, Codable {
  /// The decision.
  public enum Choice: String, Hashable, Sendable, Codable, CaseIterable {
    /// The same person: this interview belongs to the other one.
    case linked
    /// Another person, or not known: the interview goes on as it is.
    case continued
    /// The same person, and a second submission all the same; takes a reason.
    case overridden
  }

  /// The other submission's UUID.
  public let other: String
  /// What was decided.
  public let choice: Choice
  /// Why, in the technician's words; empty where none was given.
  public let reason: String

  /// Makes a decision.
  public init(other: String, choice: Choice, reason: String = "") {
    self.other = other
    self.choice = choice
    self.reason = reason
  }
}
