import Audio
import TestSupport
import Testing

@testable import Transcription

@Suite struct WyomingTests {
  /// Feeds bytes in pieces and collects the events.
  private func parse(_ bytes: [UInt8], pieces: Int, seed: UInt64 = 1) throws -> [WyomingEvent] {
    var random = SeededGenerator(seed: seed)
    var parser = WyomingParser()
    var events: [WyomingEvent] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = min(rest.count, Int.random(in: 1...pieces, using: &random))
      parser.append(rest.prefix(count))
      rest = rest.dropFirst(count)
      while let event = try parser.next() { events.append(event) }
    }
    return events
  }

  @Test(arguments: 0..<40) func eventsSurviveAnyCutting(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let events = (0..<Int.random(in: 1...6, using: &random)).map { _ in
      WyomingEvent(
        type: ["audio-chunk", "transcript", "ready"].randomElement(using: &random) ?? "ready",
        data: Bool.random(using: &random)
          ? [:] : ["text": .string("ñandú \n 👩‍👩‍👧 \"q\""), "n": .integer(Int64(seed))],
        payload: random.bytes(Int.random(in: 0...300, using: &random)))
    }
    let bytes = try events.flatMap { try $0.encoded() }
    #expect(try parse(bytes, pieces: 1 + Int(seed) * 7, seed: seed) == events)
  }

  @Test func dataInTheHeaderAndInTheBlockAreMerged() throws {
    let block = #"{"b":2,"c":"x"}"#
    let header = #"{"type":"t","data":{"a":1,"b":1},"data_length":\#(block.utf8.count)}"#
    let events = try parse(Array((header + "\n" + block).utf8), pieces: 5)
    #expect(
      events == [
        WyomingEvent(type: "t", data: ["a": .integer(1), "b": .integer(2), "c": .string("x")])
      ])
  }

  @Test(arguments: [
    ("not json\n", WyomingError.badHeader), ("{}\n", .badHeader), ("[]\n", .badHeader),
    (#"{"type":"t","payload_length":-1}"# + "\n", .badLength),
    (#"{"type":"t","data_length":1e30}"# + "\n", .badLength),
    (#"{"type":"t","payload_length":99999999999}"# + "\n", .badLength),
    (#"{"type":"t","data_length":4}"# + "\nxxxx", .badData),
  ])
  func nonsenseIsRefused(text: String, error: WyomingError) {
    #expect(throws: error) { try parse(Array(text.utf8), pieces: 3) }
  }

  @Test func anEndlessHeaderIsRefused() {
    let bytes = [UInt8](repeating: 65, count: WyomingParser.Limits.process.header + 2)
    #expect(throws: WyomingError.headerTooLong) { try parse(bytes, pieces: 1 << 20) }
  }

  @Test(arguments: 0..<200) func noBytesCrash(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var bytes = try WyomingEvent(
      type: "audio-chunk", data: ["position": .integer(7)], payload: random.bytes(40)
    ).encoded()
    for _ in 0..<4 { bytes[Int.random(in: bytes.indices, using: &random)] = random.bytes(1)[0] }
    // Whatever comes out is an event or a refusal.
    _ = try? parse(bytes + bytes, pieces: 9, seed: seed)
  }

  @Test func requestsAndRepliesSurviveTheWire() throws {
    let requests: [EngineRequest] = [
      .configure(EngineConfiguration(modelFolder: "/m", languages: ["es", "en"]), firstSegment: 4),
      .audio(AudioFrame(position: 1 << 40, samples: [0, 1, -1, .max, .min])), .flush, .finish,
    ]
    for request in requests {
      let event = try request.event()
      #expect(EngineRequest(event) == request)
    }
    let text = TranscriptEvent(
      kind: .revisable, segment: 3, start: 1.5, end: 2.25, text: "sí", lagMilliseconds: 40,
      language: "es")
    let replies: [EngineReply] = [
      .ready, .transcript(text), .progress(position: 9, nextSegment: 2), .finished(position: 8),
      .failed(.modelMissing(path: "/x")), .failed(.modelCorrupt(path: "/x")), .failed(.keepsDying),
      .failed(.unreachable(reason: "r")),
    ]
    for reply in replies { #expect(EngineReply(reply.event()) == reply) }
    #expect(EngineRequest(WyomingEvent(type: "unknown")) == nil)
    #expect(EngineReply(WyomingEvent(type: "progress")) == nil)
  }
}
