import Audio
import Desk
import Extraction
import Forms
import Foundation
import Interview
import Messages
import Store
import Transcription

// The microphone: on, off the record, over; what it delivers goes to the spool and to the recogniser.
extension DeskSession {
  func startRecording() {
    // The person's answer decides, whatever key was pressed.
    guard capture == nil, let open = setting.source, log.state.mayCapture else { return }
    isStopping = false
    capture = Task {
      // A draft's sound has to be known: what is new goes behind it.
      await opening?.value
      await sound.open()
      if !isStopping, sound.spool != nil { await record(open) }
      capture = nil
    }
  }

  func record(_ open: () throws -> any AudioSource) async {
    do {
      let source = try open()
      self.source = source
      base = position
      isPaused = false
      log.record(.recording(.started))
      for try await event in source.start() { await take(event) }
      tell("notice.sourceEnded")
    } catch {
      tell(error)
    }
    guard source != nil else { return }
    source = nil
    log.record(.recording(.stopped(position: position)))
    await engine?.flush()
    await sound.flush()
  }

  func take(_ event: AudioEvent) async {
    switch event {
    case .frame(let frame):
      let moved = AudioFrame(position: base + frame.position, samples: frame.samples)
      position = moved.endPosition
      // Off the record: neither the disk nor the recogniser ever sees it.
      guard !isPaused else { return }
      recorded += Int64(frame.samples.count)
      await sound.append(moved)
      await engine?.feed(moved)
      meter.add(frame.samples)
      let level = DeskState.Level(rms: meter.rms, isClipping: meter.isClipping)
      report(.level(level, seconds: Int(recorded) / AudioFormat.sampleRate))
    case .gap(let samples):
      log.record(.recording(.gap(position: position, samples: samples)))
    case .lost:
      log.record(.recording(.deviceLost(position: position)))
      tell("notice.deviceLost")
      await engine?.flush()
    case .reopened:
      log.record(.recording(.deviceReturned(position: position)))
      tell("notice.deviceBack")
    }
  }

  func pause() {
    guard !isPaused else { return }
    isPaused = true
    log.record(.recording(.paused(position: position)))
    report(.revisable(nil, preview: [:]))
    Task { await engine?.flush() }
  }

  func resume() {
    guard isPaused else { return }
    isPaused = false
    log.record(.recording(.resumed(position: position)))
  }

  func stopRecording() {
    isStopping = true
    source?.stop()
  }

  /// The consent to record was taken back: the recording ends and what there is of it goes.
  func eraseSound() async {
    stopPlaying()
    stopRecording()
    await capture?.value
    do { try await sound.erase() } catch { tell(error) }
    recorded = 0
    report(.level(DeskState.Level(), seconds: 0))
  }
}
