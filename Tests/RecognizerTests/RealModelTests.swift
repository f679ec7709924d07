import Audio
import Foundation
import TestSupport
import Testing
import Transcription

@testable import Recognizer

private let checkout = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The recogniser with its real model, in this process.
@Suite(.serialized) struct RealModelTests {
  private func settled(_ samples: [Int16]) throws -> [TranscriptEvent] {
    let configuration = EngineConfiguration(
      modelFolder: checkout.appendingPathComponent(".deps/model").path)
    let loaded = try LoadedModel(configuration)
    guard case .segments(let model) = loaded.model else { return [] }
    var settled: [TranscriptEvent] = []
    let decoder = LiveDecoder(
      model: model, activity: loaded.activity, settings: Segmenter.Settings(configuration),
      position: 0, firstSegment: 0, now: { 0 },
      emit: { reply in
        if case .transcript(let event) = reply, event.kind == .settled { settled.append(event) }
      })
    decoder.append(AudioFrame(position: 0, samples: samples))
    decoder.finish()
    return settled
  }

  @Test func silenceAndNoiseGiveNoText() throws {
    #expect(try settled([Int16](repeating: 0, count: 160_000)).isEmpty)
    var random = SeededGenerator(seed: 5)
    for loudness in [30, 1_000, 8_000] {
      let noise = (0..<160_000).map { _ in
        Int16.random(in: Int16(-loudness)...Int16(loudness), using: &random)
      }
      #expect(try settled(noise).isEmpty, "noise of \(loudness)")
    }
    let tone = (0..<160_000).map { Int16(9_000 * sin(Double($0) * 0.17)) }
    #expect(try settled(tone).isEmpty)
    let clicks = (0..<160_000).map { $0 % 16_000 < 40 ? Int16(20_000) : 0 }
    #expect(try settled(clicks).isEmpty)
  }

  @Test func aBatchIsHeardOnlyOnce() throws {
    let configuration = EngineConfiguration(
      modelFolder: checkout.appendingPathComponent(".deps/model").path, isLive: false)
    let loaded = try LoadedModel(configuration)
    guard case .segments(let model) = loaded.model else { return }
    var kinds: [TranscriptEvent.Kind] = []
    let decoder = LiveDecoder(
      model: model, activity: loaded.activity, settings: Segmenter.Settings(configuration),
      position: 0, firstSegment: 0, isLive: configuration.isLive, now: { 0 },
      emit: { reply in
        if case .transcript(let event) = reply { kinds.append(event.kind) }
      })
    let reader = try RecordingReader(
      path: checkout.appendingPathComponent("assets/demo/interview.flac").path)
    for index in 0..<Int64(10) {
      decoder.append(AudioFrame(position: index * 16_000, samples: try reader.read(16_000)))
      decoder.work(more: 0)
    }
    decoder.finish()
    #expect(!kinds.isEmpty)
    #expect(kinds.allSatisfy { $0 == .settled })
  }

  @Test func theDemoIsUnderstood() throws {
    let reader = try RecordingReader(
      path: checkout.appendingPathComponent("assets/demo/interview.flac").path)
    var samples: [Int16] = []
    while true {
      let block = try reader.read(16_000)
      if block.isEmpty { break }
      samples += block
    }
    let text = try settled(samples).map(\.text).joined(separator: " ")
    for words in ["Carmen López García", "12, 34, 56, 78", "Zaragoza", "612, 34, 56, 78"] {
      #expect(text.contains(words), "\(text)")
    }
  }
}
