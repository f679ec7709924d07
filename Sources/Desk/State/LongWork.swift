import Terminal

extension DeskState {
  /// Work that takes its time and goes on beside the desk; one at a time.
  public struct LongWork: Hashable, Sendable {
    /// What is done.
    public enum Kind: String, Hashable, Sendable {
      /// Submissions are written to a file.
      case export
      /// Submissions are sent to their targets.
      case sync
    }

    /// What is done.
    public let kind: Kind
    /// Submissions done.
    public var done: Int
    /// Submissions in all; 0 as long as nobody knows.
    public var total: Int
    /// Whether it was asked to end and has not yet.
    public internal(set) var isCancelling = false
    /// Whether leaving was asked for once already: the second time ends it.
    var isLeaving = false

    /// Makes it from its parts.
    public init(_ kind: Kind, done: Int = 0, total: Int = 0) {
      self.kind = kind
      self.done = done
      self.total = total
    }
  }

  /// An export that is asked for.
  public struct ExportRequest: Hashable, Sendable {
    /// The shape of an export; also the end of its file's name.
    public enum Format: String, Hashable, Sendable, CaseIterable {
      /// One row a submission.
      case csv
      /// One document with everything.
      case json
      /// One object a line.
      case jsonl
    }

    /// The file, as it was written.
    public let path: String
    /// Whether a file that is there may be replaced.
    public let replaces: Bool

    /// Makes it from its parts.
    public init(path: String, replaces: Bool) {
      self.path = path
      self.replaces = replaces
    }

    /// The shape that the file's name asks for; CSV where it asks for none.
    public var format: Format { ExportRequest.ending(of: path) ?? .csv }

    /// The shape that a name ends in.
    static func ending(of path: String) -> Format? {
      Format.allCases.first { path.lowercased().hasSuffix("." + $0.rawValue) }
    }
  }

  /// The file of an export, being written.
  public struct Exporting: Hashable, Sendable {
    /// The line with its name.
    public var editor: LineEditor
    /// A name under which there is a file already: the same once more replaces it.
    public var taken: String?

    /// The shape that the name asks for now.
    var format: ExportRequest.Format { ExportRequest.ending(of: editor.text) ?? .csv }

    /// Takes another shape: the end of the name follows.
    mutating func choose(_ format: ExportRequest.Format) {
      let ending = ExportRequest.ending(of: editor.text).map { $0.rawValue.count + 1 } ?? 0
      editor.replace(with: editor.text.dropLast(ending) + "." + format.rawValue)
    }
  }
}
