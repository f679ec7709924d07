import Foundation
import Transcription

/// A family of models that sherpa-onnx loads, and the names its files have.
public enum ModelFamily: String, Sendable, CaseIterable {
  /// OpenAI Whisper: hears whole segments.
  case whisper
  /// Transducers (zipformer, NeMo) that hear whole segments.
  case transducer
  /// NeMo CTC models.
  case nemoCTC = "nemo_ctc"
  /// Zipformer CTC models.
  case zipformerCTC = "zipformer_ctc"
  /// Paraformer.
  case paraformer
  /// SenseVoice.
  case senseVoice = "sense_voice"
  /// Moonshine.
  case moonshine
  /// NeMo Canary.
  case canary
  /// Transducers that hear a stream.
  case streamingTransducer = "streaming_transducer"
  /// Zipformer CTC models that hear a stream.
  case streamingZipformerCTC = "streaming_zipformer_ctc"
  /// NeMo CTC models that hear a stream.
  case streamingNemoCTC = "streaming_nemo_ctc"

  /// Whether it hears a stream instead of whole segments.
  public var isStreaming: Bool { rawValue.hasPrefix("streaming") }

  /// The parts a model of the family consists of, each the end of a file's name without `.onnx`.
  var parts: [String] {
    switch self {
    case .whisper, .canary: ["encoder", "decoder"]
    case .transducer, .streamingTransducer: ["encoder", "decoder", "joiner"]
    case .moonshine: ["preprocess", "encode", "uncached_decode", "cached_decode"]
    case .nemoCTC, .zipformerCTC, .paraformer, .senseVoice, .streamingZipformerCTC,
      .streamingNemoCTC:
      ["model"]
    }
  }
}

/// The files of a model in a folder, found by their names.
public struct ModelFiles: Hashable, Sendable {
  /// The family.
  public let family: ModelFamily
  /// Path of each part.
  public let parts: [String: String]
  /// Path of the table of tokens.
  public let tokens: String
  /// The folder.
  public let folder: String

  /// Finds a model's files.
  ///
  /// The family is the content of a file `family`, if there is one, else it follows from the names:
  /// `*-encoder.onnx` and `*-decoder.onnx` alone are Whisper (or Canary where the folder's name says
  /// so), with `*-joiner.onnx` a transducer; a folder's name with `streaming` means a streaming model.
  /// - Throws: ``EngineFailure/modelMissing(path:)`` naming the first file that isn't there.
  public init(folder: String) throws(EngineFailure) {
    self.folder = folder
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
    guard !names.isEmpty else { throw .modelMissing(path: folder) }
    family = ModelFiles.family(folder: folder, names: names)
    var found: [String: String] = [:]
    for part in family.parts {
      guard let name = ModelFiles.file(part, in: names) else {
        throw .modelMissing(path: "\(folder)/\(part).onnx")
      }
      found[part] = "\(folder)/\(name)"
    }
    parts = found
    guard let name = names.last(where: { $0.hasSuffix("tokens.txt") }) else {
      throw .modelMissing(path: "\(folder)/tokens.txt")
    }
    tokens = "\(folder)/\(name)"
  }

  /// Every file, to be checked.
  public var all: [String] { parts.values.sorted() + [tokens] }

  private static func family(folder: String, names: [String]) -> ModelFamily {
    if let text = try? String(contentsOfFile: "\(folder)/family", encoding: .utf8),
      let family = ModelFamily(rawValue: text.trimmingCharacters(in: .whitespacesAndNewlines))
    {
      return family
    }
    let label = (folder as NSString).lastPathComponent.lowercased()
    let streaming = label.contains("streaming")
    if file("joiner", in: names) != nil { return streaming ? .streamingTransducer : .transducer }
    if file("preprocess", in: names) != nil { return .moonshine }
    if file("encoder", in: names) != nil { return label.contains("canary") ? .canary : .whisper }
    if label.contains("paraformer") { return .paraformer }
    if label.contains("sense") { return .senseVoice }
    if label.contains("zipformer") { return streaming ? .streamingZipformerCTC : .zipformerCTC }
    return streaming ? .streamingNemoCTC : .nemoCTC
  }

  /// The file of a part; quantised ones (`.int8.onnx`) go before others, as they are what a laptop sustains.
  private static func file(_ part: String, in names: [String]) -> String? {
    let matching = names.filter { name in
      guard name.hasSuffix(".onnx") else { return false }
      let stem = name.dropLast(5)
      let plain = stem.hasSuffix(".int8") ? stem.dropLast(5) : stem
      // Names such as `encoder-epoch-99-avg-1.onnx` carry the part in front.
      return plain == part || plain.hasSuffix("-\(part)") || plain.hasPrefix("\(part)-")
    }
    return matching.first { $0.hasSuffix(".int8.onnx") } ?? matching.first
  }
}
