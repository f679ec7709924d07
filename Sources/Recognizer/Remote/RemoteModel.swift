import Foundation
import Transcription

/// Recognises whole segments on a server; our own voice activity cuts them. Blocks for bounded times.
protocol RemoteRecognizer {
  /// Asks once.
  mutating func ask(_ samples: [Int16]) throws(RemoteProblem) -> Recognition
}

/// A server in the place of a model.
///
/// A segment that the server did not hear must not pass for silence: `abandon` ends the engine process, and the
/// desk sends everything that is not settled again to the next one.
struct RemoteModel: SegmentModel {
  private var recognizer: any RemoteRecognizer
  private let abandon: (RemoteProblem) -> Never

  init(
    _ recognizer: any RemoteRecognizer,
    abandon: @escaping (RemoteProblem) -> Never
  ) {
    self.recognizer = recognizer
    self.abandon = abandon
  }

  mutating func recognize(_ samples: ArraySlice<Float>, ending: Ending) -> Recognition {
    var sound = samples.map { Int16(max(-32_768, min(32_767, ($0 * 32_768).rounded()))) }
    // Servers cut at the end of what they get; half a second of silence saves the last word.
    sound.append(contentsOf: repeatElement(0, count: 8_000))
    do throws(RemoteProblem) {
      return RemoteModel.plausible(try recognizer.ask(sound))
    } catch {
      abandon(error)
    }
  }

  /// What a server says, cut to what one segment can hold.
  private static func plausible(_ heard: Recognition) -> Recognition {
    let code = heard.language?.lowercased().prefix { $0.isASCII && $0.isLetter } ?? ""
    return Recognition(
      text: String(heard.text.prefix(longestText)),
      language: (2...3).contains(code.count) ? String(code) : nil)
  }

  /// Characters; nobody says more in half a minute.
  private static let longestText = 8_000
}
