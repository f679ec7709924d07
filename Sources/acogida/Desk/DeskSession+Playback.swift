import Audio
import Desk
import Extraction
import Forms
import Foundation
import Interview
import Messages
import Store
import Transcription

// Listening again to what stands behind a value.
extension DeskSession {
  func play(_ evidence: Evidence) {
    guard let spool = sound.spool else {
      tell("notice.noSound")
      return
    }
    // A little before and after: the times inside a segment are estimates.
    let rate = Double(AudioFormat.sampleRate)
    let range = Int64(max(0, evidence.start - 0.4) * rate)..<Int64((evidence.end + 0.4) * rate)
    tell("notice.playing", ["words": evidence.text])
    Task {
      do {
        let sounds = try await spool.read(range)
        try await player.play(sounds.flatMap(\.samples))
        continuation.yield(.notice(nil))
      } catch {
        tell(error)
      }
    }
  }
}
