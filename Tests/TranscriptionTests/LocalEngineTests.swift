import Audio
import Foundation
import TestSupport
import Testing

@testable import Transcription

/// The supervision, with programs that are no recognisers at all.
@Suite struct LocalEngineTests {
  private func failure(of launcher: EngineLauncher) async -> EngineFailure? {
    let engine = LocalEngine(
      configuration: EngineConfiguration(modelFolder: "/none"), launcher: launcher)
    await engine.start()
    await engine.feed(AudioFrame(position: 0, samples: [Int16](repeating: 0, count: 16_000)))
    await engine.finish()
    var failure: EngineFailure?
    for await event in engine.events {
      if case .state(.failed(let reason)) = event { failure = reason }
      if case .finished = event { break }
    }
    await engine.stop()
    return failure
  }

  @Test func aProgramThatDiesAtOnceIsGivenUp() async {
    let launcher = EngineLauncher(executable: "/bin/false", arguments: [])
    #expect(await failure(of: launcher) == .modelCorrupt(path: "/none"))
  }

  @Test func aMissingProgramIsTold() async {
    let launcher = EngineLauncher(executable: "/no/such/program", arguments: [])
    guard case .unreachable = await failure(of: launcher) else {
      Issue.record("not told")
      return
    }
  }

  @Test func aProgramThatTalksNonsenseIsGivenUp() async {
    let launcher = EngineLauncher(executable: "/bin/echo", arguments: ["nonsense"])
    #expect(await failure(of: launcher) == .modelCorrupt(path: "/none"))
  }

  @Test func feedingNeverWaitsForAProgramThatDoesNotRead() async {
    let engine = LocalEngine(
      configuration: EngineConfiguration(modelFolder: "/none"),
      launcher: EngineLauncher(executable: "/bin/sleep", arguments: ["60"]))
    await engine.start()
    // 100 s of sound, far more than a pipe holds.
    for second in 0..<100 {
      let samples = [Int16](repeating: 7, count: 16_000)
      await engine.feed(AudioFrame(position: Int64(second) * 16_000, samples: samples))
    }
    #expect(await engine.processID != nil)
    await engine.stop()
  }
}
