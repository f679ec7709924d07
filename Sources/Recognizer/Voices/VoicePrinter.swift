import CSherpaOnnx
import Foundation
import Speakers
import Transcription

/// Makes voice prints of sound with a speaker model (CAM++). Not for use from two threads at once.
public final class VoicePrinter {
  private let extractor: OpaquePointer
  private let size: Int
  /// Shorter sound is repeated up to this length, samples: the model wants something to average over.
  private static let shortest = 12_000

  /// Name of the model's file beside the recognition model.
  public static let fileName = "campplus.onnx"

  /// Loads the model.
  ///
  /// - Parameters:
  ///   - path: the model's file; where a `SHA256SUMS` beside it names the file it is checked, because damage would end the process.
  /// - Throws: ``EngineFailure/modelMissing(path:)`` or ``EngineFailure/modelCorrupt(path:)``.
  public init(model path: String) throws(EngineFailure) {
    var info = stat()
    guard stat(path, &info) == 0 else { throw .modelMissing(path: path) }
    guard info.st_size > 100_000 else { throw .modelCorrupt(path: path) }
    let folder = (path as NSString).deletingLastPathComponent
    let sums = ModelIntegrity.checksums(folder: folder)
    if let sum = sums[(path as NSString).lastPathComponent], ModelIntegrity.digest(path) != sum {
      throw .modelCorrupt(path: path)
    }
    let strings = CStrings()
    var config = SherpaOnnxSpeakerEmbeddingExtractorConfig()
    config.model = strings.pin(path)
    config.num_threads = 1
    config.provider = strings.pin("cpu")
    guard let extractor = SherpaOnnxCreateSpeakerEmbeddingExtractor(&config) else {
      throw .modelCorrupt(path: path)
    }
    self.extractor = extractor
    size = Int(SherpaOnnxSpeakerEmbeddingExtractorDim(extractor))
  }

  deinit { SherpaOnnxDestroySpeakerEmbeddingExtractor(extractor) }

  /// The print of some sound, 16 kHz mono, -1 to 1; nil of none.
  public func print(_ samples: ArraySlice<Float>) -> VoicePrint? {
    guard !samples.isEmpty, let stream = SherpaOnnxSpeakerEmbeddingExtractorCreateStream(extractor)
    else { return nil }
    defer { SherpaOnnxDestroyOnlineStream(stream) }
    var sound = Array(samples)
    while sound.count < VoicePrinter.shortest { sound += samples }
    SherpaOnnxOnlineStreamAcceptWaveform(stream, 16_000, sound, Int32(sound.count))
    SherpaOnnxOnlineStreamInputFinished(stream)
    guard SherpaOnnxSpeakerEmbeddingExtractorIsReady(extractor, stream) == 1,
      let values = SherpaOnnxSpeakerEmbeddingExtractorComputeEmbedding(extractor, stream)
    else { return nil }
    defer { SherpaOnnxSpeakerEmbeddingExtractorDestroyEmbedding(values) }
    return VoicePrint(Array(UnsafeBufferPointer(start: values, count: size)))
  }
}
