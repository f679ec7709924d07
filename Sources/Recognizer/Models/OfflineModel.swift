import CSherpaOnnx
import Foundation
import Transcription

/// Strings handed to C for as long as a configuration is in use.
final class CStrings {
  private var strings: [UnsafeMutablePointer<CChar>] = []

  func pin(_ text: String) -> UnsafePointer<CChar>? {
    guard let copy = strdup(text) else { return nil }
    strings.append(copy)
    return UnsafePointer(copy)
  }

  deinit { strings.forEach { free($0) } }
}

/// A sherpa-onnx OfflineRecognizer: Whisper and the other families that hear whole segments.
public final class OfflineModel: SegmentModel {
  private let recognizer: OpaquePointer
  private let files: ModelFiles
  private let threads: Int
  private let languages: [String]
  /// The language that is set now; empty for automatic.
  private var language: String

  /// Loads a model whose files were checked.
  ///
  /// - Throws: ``EngineFailure/modelCorrupt(path:)`` when sherpa-onnx refuses it; some damage ends the
  ///   process instead, which is why this runs in a process of its own.
  public init(
    files: ModelFiles, languages: [String], threads: Int
  ) throws(EngineFailure) {
    self.files = files
    self.threads = threads
    self.languages = languages
    // With a set of languages the model chooses, and is corrected when it chooses one outside the set.
    language = languages.count == 1 ? languages[0] : ""
    let strings = CStrings()
    var config = OfflineModel.configuration(files, language, threads, strings)
    guard let recognizer = SherpaOnnxCreateOfflineRecognizer(&config) else {
      throw .modelCorrupt(path: files.folder)
    }
    self.recognizer = recognizer
  }

  deinit { SherpaOnnxDestroyOfflineRecognizer(recognizer) }

  /// Recognises a segment; decodes again where the language heard is none of the declared ones.
  public func recognize(_ samples: ArraySlice<Float>, silence: Double) -> Recognition {
    let first = decode(samples, silence: silence)
    guard languages.count > 1, let heard = first.language, !heard.isEmpty,
      !languages.contains(heard)
    else { return first }
    setLanguage(languages[0])
    defer { setLanguage("") }
    return decode(samples, silence: silence)
  }

  private func setLanguage(_ new: String) {
    let strings = CStrings()
    var config = OfflineModel.configuration(files, new, threads, strings)
    SherpaOnnxOfflineRecognizerSetConfig(recognizer, &config)
    language = new
  }

  private func decode(_ samples: ArraySlice<Float>, silence: Double) -> Recognition {
    var sound = Array(samples)
    // Zeros in the sound are silence to the model; zeros in its own padding of the spectrum are not.
    sound.append(contentsOf: repeatElement(0, count: Int(silence * 16_000)))
    guard let stream = SherpaOnnxCreateOfflineStream(recognizer) else {
      return Recognition(text: "")
    }
    defer { SherpaOnnxDestroyOfflineStream(stream) }
    SherpaOnnxAcceptWaveformOffline(stream, 16_000, sound, Int32(sound.count))
    SherpaOnnxDecodeOfflineStream(recognizer, stream)
    guard let result = SherpaOnnxGetOfflineStreamResult(stream) else {
      return Recognition(text: "")
    }
    defer { SherpaOnnxDestroyOfflineRecognizerResult(result) }
    let text = result.pointee.text.map { String(cString: $0) } ?? ""
    let heard = result.pointee.lang.map { String(cString: $0) }
    let code = heard?.filter { $0.isLetter } ?? ""
    return Recognition(text: text, language: code.isEmpty ? languages.first : code)
  }

  private static func configuration(
    _ files: ModelFiles, _ language: String, _ threads: Int, _ strings: CStrings
  ) -> SherpaOnnxOfflineRecognizerConfig {
    var config = SherpaOnnxOfflineRecognizerConfig()
    config.feat_config.sample_rate = 16_000
    config.feat_config.feature_dim = 80
    config.model_config.tokens = strings.pin(files.tokens)
    config.model_config.num_threads = Int32(threads)
    config.model_config.provider = strings.pin("cpu")
    config.decoding_method = strings.pin("greedy_search")
    let part = { (name: String) in files.parts[name].flatMap { strings.pin($0) } }
    switch files.family {
    case .whisper:
      config.model_config.whisper.encoder = part("encoder")
      config.model_config.whisper.decoder = part("decoder")
      config.model_config.whisper.language = strings.pin(language)
      config.model_config.whisper.task = strings.pin("transcribe")
      config.model_config.whisper.tail_paddings = 1
    case .transducer:
      config.model_config.transducer.encoder = part("encoder")
      config.model_config.transducer.decoder = part("decoder")
      config.model_config.transducer.joiner = part("joiner")
    case .nemoCTC: config.model_config.nemo_ctc.model = part("model")
    case .zipformerCTC: config.model_config.zipformer_ctc.model = part("model")
    case .paraformer: config.model_config.paraformer.model = part("model")
    case .senseVoice:
      config.model_config.sense_voice.model = part("model")
      config.model_config.sense_voice.language = strings.pin(language.isEmpty ? "auto" : language)
      config.model_config.sense_voice.use_itn = 1
    case .moonshine:
      config.model_config.moonshine.preprocessor = part("preprocess")
      config.model_config.moonshine.encoder = part("encode")
      config.model_config.moonshine.uncached_decoder = part("uncached_decode")
      config.model_config.moonshine.cached_decoder = part("cached_decode")
    case .canary:
      let spoken = strings.pin(language.isEmpty ? "es" : language)
      config.model_config.canary.encoder = part("encoder")
      config.model_config.canary.decoder = part("decoder")
      config.model_config.canary.src_lang = spoken
      config.model_config.canary.tgt_lang = spoken
      config.model_config.canary.use_pnc = 1
    case .streamingTransducer, .streamingZipformerCTC, .streamingNemoCTC: break
    }
    return config
  }
}
