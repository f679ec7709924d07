import Vault

/// A part of an interview's journal or sound, known by its name: `<uuid>.<kind>`, then `<uuid>.2.<kind>` and so on.
///
/// Who resumes an interview writes a new part. The parts a crash left behind stay as they are.
struct InterviewFile: Hashable, Sendable {
  /// What the file holds.
  enum Kind: String, Sendable {
    case journal
    case audio
  }

  let interview: String
  let part: Int
  let kind: Kind

  var name: String {
    part == 1 ? "\(interview).\(kind.rawValue)" : "\(interview).\(part).\(kind.rawValue)"
  }

  init(interview: String, part: Int, kind: Kind) {
    self.interview = interview
    self.part = part
    self.kind = kind
  }

  /// Reads a file name; nil for files of other kinds.
  init?(name: String, kind: Kind) {
    let pieces = name.split(separator: ".", omittingEmptySubsequences: false)
    guard pieces.count == 2 || pieces.count == 3, pieces[pieces.count - 1] == kind.rawValue,
      let interview = try? InterviewIdentifier(String(pieces[0]))
    else { return nil }
    let part = pieces.count == 2 ? 1 : Int(pieces[1]) ?? 0
    self.init(interview: interview.text, part: part, kind: kind)
    guard self.name == name, part >= 1 else { return nil }
  }

  func path(in directory: DataDirectory) -> String {
    switch kind {
    case .journal: directory.journals + "/" + name
    case .audio: directory.audio + "/" + name
    }
  }

  /// Keys of this part; frames of another part, interview or kind do not open with them.
  func keys(_ key: DataKey) throws(VaultError) -> FrameKeys {
    try FrameKeys(
      key, purpose: kind == .journal ? .journal : .audio,
      context: SealContext(table: kind.rawValue, row: interview, purpose: "part \(part)"))
  }

  /// All files of a kind, by interview, each list in the order of parts.
  static func all(
    _ kind: Kind, in directory: DataDirectory
  ) throws(SystemError) -> [String: [InterviewFile]] {
    let folder = kind == .journal ? directory.journals : directory.audio
    let files = try Folder.names(in: folder).compactMap { InterviewFile(name: $0, kind: kind) }
    return Dictionary(grouping: files, by: \.interview).mapValues {
      $0.sorted { $0.part < $1.part }
    }
  }

  /// Whether an interview has a journal or sound, told without reading the folders.
  static func hasFirstPart(_ interview: String, in directory: DataDirectory) -> Bool {
    [Kind.journal, .audio].contains {
      Folder.exists(InterviewFile(interview: interview, part: 1, kind: $0).path(in: directory))
    }
  }

  /// The parts of one interview in order.
  static func parts(
    _ kind: Kind, of interview: String, in directory: DataDirectory
  ) throws(SystemError) -> [InterviewFile] {
    try all(kind, in: directory)[interview] ?? []
  }
}

/// The identifier of an interview: a UUID in lower case.
///
/// Nothing else may become a file name.
struct InterviewIdentifier: Hashable, Sendable {
  let text: String

  init(_ text: String) throws(StoreError) {
    let bytes = Array(text.utf8)
    let isUUID =
      bytes.count == 36
      && bytes.indices.allSatisfy { index in
        [8, 13, 18, 23].contains(index)
          ? bytes[index] == UInt8(ascii: "-") : Self.isHexadecimal(bytes[index])
      }
    guard isUUID else { throw .invalidIdentifier(text) }
    self.text = text
  }

  /// Destroying asks for so many characters: a slip of the finger must not name another person.
  static let leastToDestroy = 8

  /// Refuses a beginning that is too short to destroy by.
  static func checkDestroying(_ prefix: String) throws(StoreError) {
    try checkPrefix(prefix)
    guard prefix.utf8.count >= leastToDestroy else {
      throw .prefixTooShort(prefix: prefix, least: leastToDestroy)
    }
  }

  /// Checks the beginning of an identifier, as typed by a person.
  static func checkPrefix(_ prefix: String) throws(StoreError) {
    let isPrefix =
      !prefix.isEmpty && prefix.utf8.count <= 36
      && prefix.utf8.allSatisfy { isHexadecimal($0) || $0 == UInt8(ascii: "-") }
    guard isPrefix else { throw .invalidIdentifier(prefix) }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
