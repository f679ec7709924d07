import ArgumentParser
import Foundation
import Recognizer
import Speakers

/// `acogida engine voices`: tells speakers apart in the recordings that lines of standard input name.
///
/// A process of its own, because the native library ends its process on some damage.
struct EngineVoicesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "voices", abstract: Help.text("help.engine.voices"), shouldDisplay: false)

  @Option(help: Help.of("help.engine.voices.model", "file")) var model: String
  @Option(help: Help.of("help.engine.voices.model", "file")) var detector: String

  func run() throws {
    let voices = try RecordingVoices(model: model, detector: detector)
    while let line = readLine() {
      guard let request = try? JSONDecoder().decode(VoicesRequest.self, from: Data(line.utf8))
      else { continue }
      let answer: VoicesAnswer
      do {
        if request.isEnrolment {
          let enrolled = try voices.enrol(request.path)
          answer = VoicesAnswer(print: enrolled?.print, seconds: enrolled?.seconds ?? 0)
        } else {
          let result = try voices.hear(
            request.path, count: request.count, technician: request.technician,
            pitch: request.pitch)
          answer = VoicesAnswer(spans: result.spans, pitch: result.pitch, seconds: result.seconds)
        }
      } catch {
        // Why it can't be read is told by whoever transcribes it.
        answer = VoicesAnswer(seconds: 0)
      }
      try Output.json(answer)
    }
  }
}

/// What the process is asked.
struct VoicesRequest: Codable {
  let path: String
  var count: Int?
  var technician: VoicePrint?
  var isEnrolment = false
  var pitch = false
}

/// What it answers; neither spans nor print where the recording can't be read.
struct VoicesAnswer: Codable {
  var spans: [SpeakerSpan]?
  var print: VoicePrint?
  var pitch: [String: PitchClass]?
  var seconds: Double
}
