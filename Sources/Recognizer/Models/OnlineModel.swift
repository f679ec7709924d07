import CSherpaOnnx
import Foundation
import Transcription

/// A sherpa-onnx OnlineRecognizer: streaming transducers and streaming CTC models.
public final class OnlineModel: StreamModel {
  private let recognizer: OpaquePointer
  private var stream: OpaquePointer

  /// Loads a model whose files were checked.
  ///
  /// - Throws: ``EngineFailure/modelCorrupt(path:)`` when sherpa-onnx refuses it.
  public init(files: ModelFiles, threads: Int) throws(EngineFailure) {
    let strings = CStrings()
    var config = OnlineModel.configuration(files, threads, strings)
    guard let recognizer = SherpaOnnxCreateOnlineRecognizer(&config) else {
      throw .modelCorrupt(path: files.folder)
    }
    guard let stream = SherpaOnnxCreateOnlineStream(recognizer) else {
      SherpaOnnxDestroyOnlineRecognizer(recognizer)
      throw .modelCorrupt(path: files.folder)
    }
    self.recognizer = recognizer
    self.stream = stream
  }

  deinit {
    SherpaOnnxDestroyOnlineStream(stream)
    SherpaOnnxDestroyOnlineRecognizer(recognizer)
  }

  /// Takes more samples.
  public func accept(_ samples: ArraySlice<Float>) -> String {
    samples.withUnsafeBufferPointer { buffer in
      SherpaOnnxOnlineStreamAcceptWaveform(
        stream, 16_000, buffer.baseAddress, Int32(buffer.count))
    }
    return decode()
  }

  /// Ends the utterance.
  public func endUtterance() -> String {
    // The last word needs some silence behind it to leave the model's look-ahead.
    let silence = [Float](repeating: 0, count: 8_000)
    SherpaOnnxOnlineStreamAcceptWaveform(stream, 16_000, silence, Int32(silence.count))
    SherpaOnnxOnlineStreamInputFinished(stream)
    let text = decode()
    if let fresh = SherpaOnnxCreateOnlineStream(recognizer) {
      SherpaOnnxDestroyOnlineStream(stream)
      stream = fresh
    }
    return text
  }

  private func decode() -> String {
    while SherpaOnnxIsOnlineStreamReady(recognizer, stream) == 1 {
      SherpaOnnxDecodeOnlineStream(recognizer, stream)
    }
    guard let result = SherpaOnnxGetOnlineStreamResult(recognizer, stream) else { return "" }
    defer { SherpaOnnxDestroyOnlineRecognizerResult(result) }
    return result.pointee.text.map { String(cString: $0) } ?? ""
  }

  private static func configuration(
    _ files: ModelFiles, _ threads: Int, _ strings: CStrings
  ) -> SherpaOnnxOnlineRecognizerConfig {
    var config = SherpaOnnxOnlineRecognizerConfig()
    config.feat_config.sample_rate = 16_000
    config.feat_config.feature_dim = 80
    config.model_config.tokens = strings.pin(files.tokens)
    config.model_config.num_threads = Int32(threads)
    config.model_config.provider = strings.pin("cpu")
    config.decoding_method = strings.pin("greedy_search")
    let part = { (name: String) in files.parts[name].flatMap { strings.pin($0) } }
    switch files.family {
    case .streamingTransducer:
      config.model_config.transducer.encoder = part("encoder")
      config.model_config.transducer.decoder = part("decoder")
      config.model_config.transducer.joiner = part("joiner")
    case .streamingZipformerCTC: config.model_config.zipformer2_ctc.model = part("model")
    case .streamingNemoCTC: config.model_config.nemo_ctc.model = part("model")
    default: break
    }
    return config
  }
}
