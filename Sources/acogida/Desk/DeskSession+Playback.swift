import Audio
import Desk
import Extraction
import Interview
import Store

// Listening again to what stands behind a value.
extension DeskSession {
  /// Plays the words of a value; a new stretch ends the one before.
  func play(_ playback: DeskState.Playback) {
    guard let spool = sound.spool else { return tell("notice.noSound") }
    playNumber += 1
    let number = playNumber
    // The microphone would record the loudspeaker, and the recogniser would hear everything twice.
    let isMuting = setting.isMicrophone && source != nil && !isPaused
    if isMuting {
      isMutedByPlayback = true
      pause()
    }
    report(.playing(playback))
    Task {
      do {
        let sounds = try await spool.read(DeskSession.range(of: playback))
        let samples = sounds.flatMap(\.samples)
        try await player.play(
          playback.manner == .slow ? TimeStretch.slower(samples, by: 1.6) : samples)
      } catch {
        tell(error)
      }
      if number == playNumber { endPlayback() }
    }
  }

  func stopPlaying() {
    playNumber += 1
    player.stop()
    endPlayback()
  }

  private func endPlayback() {
    report(.playing(nil))
    if isMutedByPlayback { resume() }
    isMutedByPlayback = false
  }

  /// The samples to play: a little before and after, since the times inside a segment are estimates; more for the context.
  private static func range(of playback: DeskState.Playback) -> Range<Int64> {
    let rate = Double(AudioFormat.sampleRate)
    let margin = playback.manner == .context ? 4 : 0.4
    let evidence = playback.evidence
    return Int64(max(0, evidence.start - margin) * rate)..<Int64((evidence.end + margin) * rate)
  }
}
