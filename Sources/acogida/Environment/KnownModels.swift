import Recognizer

/// A model archive that the makers of sherpa-onnx publish.
struct KnownModel: Hashable, Sendable {
  /// The archive's name, and then the model's.
  let name: String
  /// What it holds.
  let family: ModelFamily
  /// Size of the archive in bytes, where it is known.
  var bytes: Int64?
  /// SHA-256 of the archive, where it is known.
  var sha256: String?

  /// Where the archives are.
  static let release = "https://github.com/k2-fsa/sherpa-onnx/releases/download/asr-models"

  /// The archive's address, on the release page or a mirror of it.
  func url(below base: String = release) -> String { "\(base)/\(name).tar.bz2" }

  /// The model of that name.
  static func named(_ name: String) -> KnownModel? { all.first { $0.name == name } }

  /// Those that understand Spanish.
  ///
  /// Names are from the makers' documentation and examples. A size or checksum is here only where at
  /// least two projects that have nothing to do with each other publish the same one; the others
  /// must be brought by whoever downloads.
  static let all = [
    KnownModel(
      name: "sherpa-onnx-whisper-tiny", family: .whisper, bytes: 116_204_861,
      sha256: "c46116994e539aa165266d96b325252728429c12535eb9d8b6a2b10f129e66b1"),
    KnownModel(
      name: "sherpa-onnx-whisper-base", family: .whisper, bytes: 207_557_382,
      sha256: "911b2083efd7c0dca2ac3b358b75222660dc09fb716d64fbfc417ba6c99ff3de"),
    KnownModel(
      name: "sherpa-onnx-whisper-small", family: .whisper, bytes: 639_387_718,
      sha256: "486a46afbb7ba798507190ffe02fea2dd726049af212e774537efac6afb210a6"),
    KnownModel(name: "sherpa-onnx-whisper-turbo", family: .whisper, bytes: 563_790_207),
    KnownModel(
      name: "sherpa-onnx-nemo-parakeet-tdt-0.6b-v3-int8", family: .transducer, bytes: 487_170_055,
      sha256: "5793d0fd397c5778d2cf2126994d58e9d56b1be7c04d13c7a15bb1b4eafb16bf"),
    KnownModel(
      name: "sherpa-onnx-nemo-fast-conformer-ctc-be-de-en-es-fr-hr-it-pl-ru-uk-20k-int8",
      family: .nemoCTC, bytes: 102_261_698,
      sha256: "2116eebbfc923ee3332a244e8c933ccc1b7e6783070f7bf842d0b5fc64f6ae33"),
    KnownModel(
      name: "sherpa-onnx-nemo-fast-conformer-ctc-be-de-en-es-fr-hr-it-pl-ru-uk-20k",
      family: .nemoCTC),
    KnownModel(
      name: "sherpa-onnx-nemo-fast-conformer-transducer-be-de-en-es-fr-hr-it-pl-ru-uk-20k-int8",
      family: .transducer),
    KnownModel(
      name: "sherpa-onnx-nemo-fast-conformer-transducer-be-de-en-es-fr-hr-it-pl-ru-uk-20k",
      family: .transducer),
    KnownModel(
      name: "sherpa-onnx-streaming-zipformer-es-kroko-2025-08-06", family: .streamingTransducer),
  ]
}
