import Audio
import Store
import Transcription

/// The encrypted spool as the recogniser reads it again.
struct SpoolHistory: AudioHistory {
  let spool: AudioSpool

  func read(_ range: Range<Int64>) async throws -> [AudioFrame] {
    try await spool.read(range).map { AudioFrame(position: $0.position, samples: $0.samples) }
  }
}
