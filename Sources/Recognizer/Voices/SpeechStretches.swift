import CSherpaOnnx
import Foundation
import Transcription

/// Finds the stretches of speech in a recording (Silero VAD). Not for use from two threads at once.
final class SpeechStretches {
  private let detector: OpaquePointer
  private var rest: [Float] = []
  /// Silence that ends a stretch, seconds: speakers change in it.
  private static let silence: Float = 0.1
  private static let window = 512

  /// - Throws: ``EngineFailure/modelMissing(path:)`` or ``EngineFailure/modelCorrupt(path:)``.
  init(model path: String) throws(EngineFailure) {
    detector = try VoiceActivity.detector(model: path, silence: SpeechStretches.silence)
  }

  deinit { SherpaOnnxDestroyVoiceActivityDetector(detector) }

  /// A stretch of speech by its samples.
  struct Stretch {
    let start: Int
    let samples: [Float]
  }

  /// Takes more sound and gives the stretches that are over.
  func take(_ samples: [Float]) -> [Stretch] {
    rest += samples
    var place = 0
    while rest.count - place >= SpeechStretches.window {
      accept(rest[place..<place + SpeechStretches.window])
      place += SpeechStretches.window
    }
    rest.removeFirst(place)
    return finished()
  }

  /// The recording is over: gives the last stretch.
  func end() -> [Stretch] {
    if !rest.isEmpty {
      accept((rest + [Float](repeating: 0, count: SpeechStretches.window - rest.count))[...])
      rest = []
    }
    SherpaOnnxVoiceActivityDetectorFlush(detector)
    return finished()
  }

  private func accept(_ window: ArraySlice<Float>) {
    window.withUnsafeBufferPointer {
      SherpaOnnxVoiceActivityDetectorAcceptWaveform(detector, $0.baseAddress, Int32($0.count))
    }
  }

  private func finished() -> [Stretch] {
    var result: [Stretch] = []
    while SherpaOnnxVoiceActivityDetectorEmpty(detector) == 0 {
      if let segment = SherpaOnnxVoiceActivityDetectorFront(detector) {
        let samples = UnsafeBufferPointer(
          start: segment.pointee.samples, count: Int(segment.pointee.n))
        result.append(Stretch(start: Int(segment.pointee.start), samples: Array(samples)))
        SherpaOnnxDestroySpeechSegment(segment)
      }
      SherpaOnnxVoiceActivityDetectorPop(detector)
    }
    return result
  }
}
