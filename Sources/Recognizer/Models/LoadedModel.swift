import Foundation
import Transcription

/// A checked and loaded model with its voice activity detector.
struct LoadedModel {
  enum Kind {
    case segments(any SegmentModel)
    case stream(any StreamModel)
  }

  let model: Kind
  let activity: VoiceActivity

  /// Finds, checks and loads; the detector is the model folder's or that of the folder above it.
  init(_ configuration: EngineConfiguration) throws(EngineFailure) {
    let files = try ModelFiles(folder: configuration.modelFolder)
    try ModelIntegrity.check(files, cacheFolder: configuration.cacheFolder)
    let beside = "\(configuration.modelFolder)/silero_vad.onnx"
    let above = "\(configuration.modelFolder)/../silero_vad.onnx"
    activity = try VoiceActivity(
      model: FileManager.default.fileExists(atPath: beside) ? beside : above)
    if files.family.isStreaming {
      model = .stream(try OnlineModel(files: files, threads: configuration.threads))
    } else {
      model = .segments(
        try OfflineModel(
          files: files, languages: configuration.languages, threads: configuration.threads))
    }
  }
}

extension Segmenter.Settings {
  /// Lengths as configured, in samples.
  init(_ configuration: EngineConfiguration) {
    let samples = { (seconds: Double) in Int64(seconds * 16_000) }
    // Whisper hears 30 s with its padding; what is longer would be cut off without a word.
    let maximum = min(configuration.maximumSegment, 26)
    self.init(
      endSilence: samples(configuration.endSilence), comfortable: samples(maximum * 0.8),
      shortSilence: samples(0.25), maximum: samples(maximum))
    if let margin = configuration.margin {
      lead = samples(margin)
      tail = samples(margin)
    }
  }
}
