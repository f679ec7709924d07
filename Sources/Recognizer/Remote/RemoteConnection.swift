import Transcription

/// A server that was found to be able to do what is asked.
enum RemoteConnection {
  /// It speaks this program's own protocol: it gets all sound and does the rest.
  case session(WyomingLink)
  /// It recognises segments.
  case segments(any RemoteRecognizer)

  /// Connects and finds out what the server can do.
  static func open(
    _ remote: RemoteEngine, languages: [String]
  ) throws(RemoteProblem) -> RemoteConnection {
    try remote.checkPrivacy()
    switch remote.address {
    case .endpoint(let url):
      let endpoint = try EndpointRecognizer(remote, url: url, languages: languages)
      _ = try endpoint.models()
      return .segments(endpoint)
    case .wyoming(let host, let port):
      let link = try WyomingLink(host: host, port: port, answerSeconds: remote.answerSeconds)
      let info = try link.describe()
      try info.check(language: languages.count == 1 ? languages[0] : nil)
      if info.isExtended { return .session(link) }
      return .segments(
        WyomingRecognizer(
          host: host, port: port, languages: languages, answerSeconds: remote.answerSeconds,
          link: link))
    }
  }
}

/// What a server says of itself, for `acogida doctor`.
public enum RemoteProbe {
  /// Names of its models, or of its recogniser; may be empty.
  ///
  /// - Throws: ``RemoteProblem``.
  public static func run(
    _ remote: RemoteEngine, languages: [String]
  ) throws(RemoteProblem) -> [String] {
    try remote.checkPrivacy()
    switch remote.address {
    case .endpoint(let url):
      return try EndpointRecognizer(remote, url: url, languages: languages).models()
    case .wyoming(let host, let port):
      let link = try WyomingLink(host: host, port: port, answerSeconds: remote.answerSeconds)
      let info = try link.describe()
      try info.check(language: languages.count == 1 ? languages[0] : nil)
      return info.models.isEmpty ? [info.recogniser ?? ""] : info.models
    }
  }
}
