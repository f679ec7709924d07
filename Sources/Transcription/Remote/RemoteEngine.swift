/// A server that recognises instead of the model on this machine.
public struct RemoteEngine: Hashable, Sendable, Codable {
  /// Where it is.
  public var address: RemoteAddress
  /// The model asked for, where the server has several.
  public var model: String
  /// Name of the environment variable with the key; the key itself is kept nowhere.
  public var keyVariable: String
  /// File with the key; empty for none. It weighs more than the variable.
  public var keyFile: String
  /// File of trusted authorities in PEM; empty for the system's.
  public var authorityFile: String
  /// Whether speech may go unencrypted to another machine.
  public var allowsUnencrypted: Bool
  /// Whether the open segment is sent again and again for text that may still change. A server that speaks
  /// this program's own protocol does that without.
  public var isRevisable: Bool
  /// Longest wait for an answer, seconds.
  public var answerSeconds: Int
  /// How long a server that is away is waited for, seconds; 0 for ever.
  public var waitSeconds: Int

  /// Makes settings.
  public init(
    address: RemoteAddress, model: String = "whisper-1", keyVariable: String = "ACOGIDA_ENGINE_KEY",
    keyFile: String = "", authorityFile: String = "", allowsUnencrypted: Bool = false,
    isRevisable: Bool = false, answerSeconds: Int = 30, waitSeconds: Int = 0
  ) {
    self.address = address
    self.model = model
    self.keyVariable = keyVariable
    self.keyFile = keyFile
    self.authorityFile = authorityFile
    self.allowsUnencrypted = allowsUnencrypted
    self.isRevisable = isRevisable
    self.answerSeconds = answerSeconds
    self.waitSeconds = waitSeconds
  }

  /// Refuses an address that would carry speech in clear to another machine.
  public func checkPrivacy() throws(RemoteProblem) {
    guard address.isEncrypted || address.isThisMachine || allowsUnencrypted else {
      throw .unencrypted
    }
  }
}

/// Why a server does not recognise. No personal data; the catalogue has the words (`reason.remote.…`).
public enum RemoteProblem: String, Error, Hashable, Sendable, Codable, CaseIterable {
  /// Speech would go unencrypted to another machine.
  case unencrypted
  /// The file with the key can't be read, or others may read it.
  case keyMissing
  /// The server does not take the key.
  case keyRefused
  /// The server's certificate is not to be trusted, or the file of authorities can't be read.
  case untrusted
  /// The server refuses the request.
  case refused
  /// What answers is no speech recogniser.
  case notARecogniser
  /// The server does not know the language.
  case languageUnknown
  /// libcurl is not on this machine.
  case libraryMissing
  /// Nobody knows the server's name.
  case unknownHost
  /// Nobody listens there.
  case unreachable
  /// No answer came in time.
  case timedOut
  /// The connection broke.
  case cut
  /// The server has no room for another desk, or too much to do.
  case busy
  /// The server's own recogniser failed.
  case serverFailed
  /// What the server says makes no sense.
  case nonsense

  /// Whether it may be over soon without anybody doing anything.
  public var isTransient: Bool {
    switch self {
    case .unencrypted, .keyMissing, .keyRefused, .untrusted, .refused, .notARecogniser,
      .languageUnknown, .libraryMissing:
      false
    case .unknownHost, .unreachable, .timedOut, .cut, .busy, .serverFailed, .nonsense: true
    }
  }
}
