import Testing

@testable import Recognizer

@Suite struct GuardedModelTests {
  private let sound = [Float](repeating: 0.1, count: 32_000)

  @Test func textThatStandsIsHeardWithTheWholeWindow() {
    let model = RecordingModel(texts: ["Buenos días."])
    var guarded = GuardedModel(model)
    #expect(guarded.recognize(sound[...], isFinal: false).text == "Buenos días.")
    #expect(guarded.recognize(sound[...], isFinal: true).text == "Buenos días.")
    #expect(model.endings == [.silence(0.5), .window])
  }

  @Test func aLoopIsDecodedOnceMoreInAnotherWay() {
    let model = RecordingModel(texts: ["sí y no sí y no sí y no sí y no", "Sí y no."])
    var guarded = GuardedModel(model)
    #expect(guarded.recognize(sound[...], isFinal: true).text == "Sí y no.")
    #expect(model.endings == [.window, .silence(1)])
  }
}

/// Says one text after the other, the last one for ever, and notes how it was asked.
private final class RecordingModel: SegmentModel {
  private var texts: ArraySlice<String>
  private(set) var endings: [Ending] = []

  init(texts: [String]) { self.texts = texts[...] }

  func recognize(_ samples: ArraySlice<Float>, ending: Ending) -> Recognition {
    endings.append(ending)
    return Recognition(text: (texts.count > 1 ? texts.popFirst() : texts.first) ?? "")
  }
}
