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

  /// Finds, checks and loads.
  init(_ configuration: EngineConfiguration) throws(EngineFailure) {
    let files = try ModelFiles(folder: configuration.modelFolder)
    try ModelIntegrity.check(files, cacheFolder: configuration.cacheFolder)
    activity = try VoiceActivity(modelFolder: configuration.modelFolder)
    if files.family.isStreaming {
      model = .stream(try OnlineModel(files: files, threads: configuration.threads))
    } else {
      model = .segments(
        try OfflineModel(
          files: files, languages: configuration.languages, threads: configuration.threads))
    }
  }
}

extension VoiceActivity {
  /// Loads the model folder's detector, or that of the folder above it.
  convenience init(modelFolder folder: String) throws(EngineFailure) {
    let beside = "\(folder)/silero_vad.onnx"
    let above = "\(folder)/../silero_vad.onnx"
    try self.init(model: FileManager.default.fileExists(atPath: beside) ? beside : above)
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
