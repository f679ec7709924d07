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
  /// Frames of zeros behind the sound that are set now; 0 for the library's own number.
  private var padding: Int32 = OfflineModel.leastPadding

  /// The fewest frames of zeros the library can be told to append.
  private static let leastPadding: Int32 = 1
  /// Silence for a model of which nothing better is known, seconds: fewer words are lost at the end.
  private static let plainSilence = 2.0

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
    var config = OfflineModel.configuration(files, language, padding, threads, strings)
    guard let recognizer = SherpaOnnxCreateOfflineRecognizer(&config) else {
      throw .modelCorrupt(path: files.folder)
    }
    self.recognizer = recognizer
  }

  deinit { SherpaOnnxDestroyOfflineRecognizer(recognizer) }

  /// Recognises a segment; decodes again where the language heard is none of the declared ones.
  public func recognize(_ samples: ArraySlice<Float>, ending: Ending) -> Recognition {
    let first = decode(samples, ending)
    guard languages.count > 1, let heard = first.language, !heard.isEmpty,
      !languages.contains(heard)
    else { return first }
    set(language: languages[0], padding: padding)
    defer { set(language: "", padding: padding) }
    return decode(samples, ending)
  }

  private func set(language: String, padding: Int32) {
    guard language != self.language || padding != self.padding else { return }
    let strings = CStrings()
    var config = OfflineModel.configuration(files, language, padding, threads, strings)
    SherpaOnnxOfflineRecognizerSetConfig(recognizer, &config)
    self.language = language
    self.padding = padding
  }

  /// Silence to append to the sound, seconds; chooses the padding of the spectrum.
  private func prepare(_ ending: Ending) -> Double {
    guard files.family == .whisper else {
      if case .silence(let seconds) = ending { return seconds }
      return OfflineModel.plainSilence
    }
    switch ending {
    case .silence(let seconds):
      // Zeros in the sound are silence to the model; zeros in the spectrum are a window's silent rest.
      set(language: language, padding: OfflineModel.leastPadding)
      return seconds
    case .window:
      // Our model takes a second of padding for all of the window, whatever its length; for other
      // exports of Whisper the library's own ten seconds are a good part of it.
      set(language: language, padding: 0)
      return 0
    }
  }

  private func decode(_ samples: ArraySlice<Float>, _ ending: Ending) -> Recognition {
    var sound = Array(samples)
    sound.append(contentsOf: repeatElement(0, count: Int(prepare(ending) * 16_000)))
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
    _ files: ModelFiles, _ language: String, _ padding: Int32, _ threads: Int,
    _ strings: CStrings
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
      config.model_config.whisper.tail_paddings = padding
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
