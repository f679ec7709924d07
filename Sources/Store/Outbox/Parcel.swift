import Interview

/// Bytes that are to be sent, or were: frozen under a name before the first attempt, so that every attempt sends the same.
public struct Parcel: Hashable, Sendable {
  /// What became of it.
  public enum State: String, Hashable, Sendable, Codable {
    /// Not there yet, as far as is known.
    case waiting
    /// There, and found to be the same.
    case sent
    /// The server will not have it; somebody has to look.
    case refused
    /// A submission in it was erased, and with it the bytes kept here.
    case dissolved
  }

  /// Its number on this machine.
  public let number: Int64
  /// The target and the format; a submission is in one parcel of a channel.
  public let channel: String
  /// Its name at the target: an object's key, or the submission's identifier.
  public let name: String
  /// SHA-256 of the bytes.
  public let sha256: [UInt8]
  /// How many bytes.
  public let size: Int
  /// What became of it.
  public let state: State
  /// How often sending was begun.
  public let attempts: Int
}

/// Bytes to be frozen.
public struct ParcelDraft: Sendable {
  /// The name at the target.
  public let name: String
  /// The bytes.
  public let payload: [UInt8]
  /// Identifiers of the submissions in it.
  public let submissions: [String]

  /// Makes a draft from its parts.
  public init(name: String, payload: [UInt8], submissions: [String]) {
    self.name = name
    self.payload = payload
    self.submissions = submissions
  }
}

/// The proof that a submission is at a target.
public struct Receipt: Hashable, Sendable, Codable {
  /// The submission's UUID in lower case.
  public let submission: String
  /// The target and the format.
  public let channel: String
  /// What became of it.
  public let state: Parcel.State
  /// Where it is at the target; empty before it is there.
  public let place: String
  /// SHA-256 of the bytes sent, in hexadecimal.
  public let sha256: String
  /// Bytes sent, all submissions of the same parcel together.
  public let size: Int
  /// The server's last status code; nil before the first answer.
  public let status: Int?
  /// Why the server will not have it; nil where it does.
  public let reason: String?
  /// How often sending was begun.
  public let attempts: Int
  /// When that was noted, milliseconds since 1970-01-01 UTC.
  public let time: Int64
}

/// How much of a channel is where.
public struct ChannelCounts: Hashable, Sendable, Codable {
  /// Submissions that are at the target.
  public let sent: Int
  /// Submissions that are not, the refused ones left out.
  public let unsent: Int
  /// Submissions that the target will not have.
  public let refused: Int
}
