import CSherpaOnnx
import Foundation
import Transcription

/// Says for each window of sound whether somebody speaks (Silero VAD). Not for use from two threads at once.
final class VoiceActivity {
  /// Samples a window has.
  static let window = 512
  /// Silence and speech shorter than this don't count, seconds.
  private static let shortest: Float = 0.1
  private let detector: OpaquePointer

  /// Loads the model.
  ///
  /// - Throws: ``EngineFailure/modelMissing(path:)`` or ``EngineFailure/modelCorrupt(path:)``.
  init(model path: String) throws(EngineFailure) {
    detector = try VoiceActivity.detector(model: path, silence: VoiceActivity.shortest)
  }

  /// Loads the model into a detector that its caller destroys.
  ///
  /// - Parameter silence: what ends a stretch of speech, seconds.
  static func detector(
    model path: String, silence: Float
  ) throws(EngineFailure) -> OpaquePointer {
    // A missing or empty file would end the process inside the library.
    var info = stat()
    guard stat(path, &info) == 0 else { throw .modelMissing(path: path) }
    guard info.st_size > 10_000 else { throw .modelCorrupt(path: path) }
    let strings = CStrings()
    var config = SherpaOnnxVadModelConfig()
    config.silero_vad.model = strings.pin(path)
    config.silero_vad.threshold = 0.5
    config.silero_vad.min_silence_duration = silence
    config.silero_vad.min_speech_duration = VoiceActivity.shortest
    config.silero_vad.window_size = Int32(VoiceActivity.window)
    // The segmenter decides about length; this only keeps the library from raising its threshold.
    config.silero_vad.max_speech_duration = 3_600
    config.sample_rate = 16_000
    config.num_threads = 1
    config.provider = strings.pin("cpu")
    guard let detector = SherpaOnnxCreateVoiceActivityDetector(&config, 30) else {
      throw .modelCorrupt(path: path)
    }
    return detector
  }

  deinit { SherpaOnnxDestroyVoiceActivityDetector(detector) }

  /// Whether somebody speaks in this window of ``window`` samples.
  func isSpeech(_ samples: ArraySlice<Float>) -> Bool {
    samples.withUnsafeBufferPointer { buffer in
      SherpaOnnxVoiceActivityDetectorAcceptWaveform(
        detector, buffer.baseAddress, Int32(buffer.count))
    }
    while SherpaOnnxVoiceActivityDetectorEmpty(detector) == 0 {
      SherpaOnnxVoiceActivityDetectorPop(detector)
    }
    return SherpaOnnxVoiceActivityDetectorDetected(detector) == 1
  }

  /// Forgets what came before: the stream goes on at another place.
  func reset() {
    SherpaOnnxVoiceActivityDetectorReset(detector)
  }
}

/// The level of some sound, dBFS (0 is full scale); -120 for digital silence.
func level(_ samples: ArraySlice<Float>) -> Float {
  guard !samples.isEmpty else { return -120 }
  var sum: Float = 0
  for sample in samples { sum += sample * sample }
  return max(-120, 10 * log10(sum / Float(samples.count) + 1e-12))
}
