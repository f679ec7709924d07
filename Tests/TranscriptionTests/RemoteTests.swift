import Audio
import TestSupport
import Testing

@testable import Transcription

/// What a desk and a server may tell each other.
@Suite struct RemoteTests {
  @Test(arguments: [
    ("tcp://10.0.0.2", "tcp://10.0.0.2:10300"), ("tcp://host:9/", "tcp://host:9"),
    ("tcp://[::1]:4", "tcp://[::1]:4"), ("TCP://localhost:1", "tcp://localhost:1"),
    ("https://a.example", "https://a.example/v1/audio/transcriptions"),
    ("https://a.example/v1/", "https://a.example/v1/audio/transcriptions"),
    ("http://a:8000/v1/audio/transcriptions", "http://a:8000/v1/audio/transcriptions"),
    ("https://a/own/path", "https://a/own/path"),
  ])
  func addressesAreRead(text: String, meaning: String) {
    #expect(RemoteAddress(text)?.text == meaning)
  }

  @Test(arguments: [
    "", "host:10300", "tcp://", "ftp://a", "tcp://a:0", "tcp://a:70000", "tcp://a/path",
    "https://user:key@a", "https://a/v1?key=x", "https://a#x", "file:///etc/passwd", "local",
  ])
  func otherAddressesAreRefused(text: String) { #expect(RemoteAddress(text) == nil) }

  @Test(arguments: [
    ("localhost", true), ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true),
    ("0.0.0.0", false), ("::", false), ("10.0.0.1", false), ("128.0.0.1", false),
    ("localhost.example", false), ("", false),
  ])
  func thisMachineIsKnown(host: String, isHere: Bool) {
    #expect(RemoteAddress.isLoopback(host) == isHere)
  }

  @Test(arguments: [
    ("tcp://127.0.0.1", false, true), ("tcp://10.0.0.1", false, false),
    ("tcp://10.0.0.1", true, true), ("http://10.0.0.1", false, false),
    ("http://[::1]:80", false, true), ("https://10.0.0.1", false, true),
  ])
  func speechGoesInClearOnlyWhereItMay(text: String, isAllowed: Bool, passes: Bool) throws {
    let address = try #require(RemoteAddress(text))
    let remote = RemoteEngine(address: address, allowsUnencrypted: isAllowed)
    if passes {
      try remote.checkPrivacy()
    } else {
      #expect(throws: RemoteProblem.unencrypted) { try remote.checkPrivacy() }
    }
  }

  @Test func nothingOfThisMachineIsTold() throws {
    let configuration = EngineConfiguration(
      modelFolder: "/home/somebody/model", languages: ["es"], cacheFolder: "/home/somebody/cache")
    let bytes = try RemoteSession.opening(configuration, firstSegment: 3).encoded()
    #expect(!String(decoding: bytes, as: UTF8.self).contains("somebody"))
  }

  @Test func aDesksWishesAreKeptWithinLimits() throws {
    let base = EngineConfiguration(modelFolder: "/m", threads: 2, cacheFolder: "/c")
    var wish = EngineConfiguration(
      modelFolder: "/evil", languages: ["en"], threads: 64, endSilence: 900, maximumSegment: 1e300,
      margin: -4, isLive: false, cacheFolder: "/evil")
    let (told, first) = try RemoteSession.configuration(
      RemoteSession.opening(wish, firstSegment: 7), base: base, known: ["es", "en"])
    #expect(
      told
        == EngineConfiguration(
          modelFolder: "/m", languages: ["en"], threads: 2, endSilence: 5, maximumSegment: 26,
          margin: 0, isLive: false, cacheFolder: "/c"))
    #expect(first == 7)
    wish.languages = ["xx"]
    #expect(throws: RemoteProblem.languageUnknown) {
      try RemoteSession.configuration(
        RemoteSession.opening(wish, firstSegment: 0), base: base, known: ["es"])
    }
  }

  @Test func whatAServerSaysOfItselfIsUnderstood() throws {
    let own = WyomingInfo(WyomingInfo.event(model: "m", languages: ["en", "es"], version: "1"))
    #expect(own.isExtended && own.models == ["m"] && own.languages == ["en", "es"])
    try own.check(language: "es")
    #expect(throws: RemoteProblem.languageUnknown) { try own.check(language: "fa") }
    let silent = WyomingInfo(WyomingEvent(type: "info", data: ["asr": .array([])]))
    #expect(throws: RemoteProblem.notARecogniser) { try silent.check(language: nil) }
  }

  private static func text(
    _ segment: Int, _ start: Double, _ end: Double, _ text: String = "a"
  ) -> EngineReply {
    .transcript(
      TranscriptEvent(kind: .settled, segment: segment, start: start, end: end, text: text))
  }

  /// After segment 4 was opened and ten seconds were sent.
  @Test(arguments: [
    text(5, 0, 1), text(3, 0, 1), text(4, 2, 1), text(4, 0, 1e9), text(4, -1, 1),
    text(4, .nan, 1), text(4, 0, .infinity), text(4, 0, 1, String(repeating: "a", count: 9_000)),
    .progress(position: 160_001, nextSegment: 4), .progress(position: 9, nextSegment: 5),
    .finished(position: 1 << 40),
  ])
  func whatCannotBeTrueIsRefused(reply: EngineReply) {
    var check = ReplyCheck(firstSegment: 4)
    check.note(sent: 160_000)
    #expect(throws: RemoteProblem.nonsense) { try check.take(reply) }
  }

  @Test func whatCanBeTruePasses() throws {
    var check = ReplyCheck(firstSegment: 4)
    check.note(sent: 160_000)
    #expect(try check.take(.ready) == .ready)
    #expect(
      try check.take(Self.text(4, 0, 1, "a\u{1B}[2J\n")) == Self.text(4, 0, 1, "a [2J "))
    let next = EngineReply.progress(position: 160_000, nextSegment: 5)
    #expect(try check.take(next) == next)
    #expect(throws: RemoteProblem.serverFailed) { try check.take(.failed(.keepsDying)) }
  }

  @Test(arguments: 0..<200) func noBytesFromANetworkCrash(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var bytes = try RemoteSession.opening(EngineConfiguration(modelFolder: ""), firstSegment: 0)
      .encoded()
    bytes += try Self.text(0, 0, 1).event().encoded()
    bytes += try WyomingInfo.event(model: "m", languages: ["es"], version: "1").encoded()
    for _ in 0..<Int.random(in: 0...5, using: &random) {
      bytes[Int.random(in: bytes.indices, using: &random)] = random.bytes(1)[0]
    }
    var parser = WyomingParser(limits: .network)
    var check = ReplyCheck(firstSegment: 0)
    check.note(sent: 1_000_000)
    parser.append(bytes)
    // Whatever comes out is understood, refused or passed over.
    while let event = try? parser.next() {
      try? WyomingInfo(event).check(language: "es")
      _ = try? RemoteSession.configuration(
        event, base: EngineConfiguration(modelFolder: ""), known: ["es"])
      if let reply = EngineReply(event) { _ = try? check.take(reply) }
    }
  }

  @Test func aNetworksEventsAreSmall() {
    var parser = WyomingParser(limits: .network)
    parser.append(Array(#"{"type":"t","payload_length":2000000}"#.utf8) + [10])
    #expect(throws: WyomingError.badLength) { try parser.next() }
    var other = WyomingParser(limits: .network)
    other.append([UInt8](repeating: 65, count: WyomingParser.Limits.network.header + 2))
    #expect(throws: WyomingError.headerTooLong) { try other.next() }
  }
}
