/// Appends sealed frames to a new file.
///
/// Each frame is sealed alone, so that a damaged one costs only itself.
///
/// A chained stream (libsodium's secretstream) would lose everything behind a damaged frame and
/// could not be read by range; the order is kept by the numbers in the authenticated headers instead.
public struct FrameWriter: ~Copyable, Sendable {
  /// What goes into one frame.
  public struct Entry: Sendable {
    /// Where the contents stand, in the caller's unit.
    public let position: Int64
    /// How much they cover, in the caller's unit.
    public let count: Int
    /// The contents.
    public let plaintext: [UInt8]

    /// Makes an entry; position and count stay readable in the file.
    public init(position: Int64 = 0, count: Int = 0, plaintext: [UInt8]) {
      self.position = position
      self.count = count
      self.plaintext = plaintext
    }
  }

  private let file: OpenFile
  private let keys: FrameKeys
  private var next: UInt64 = 0
  private var size = 0
  /// Whether bytes of a write that failed may stand behind ``size``.
  private var hasRemains = false

  /// Makes a new file (0600).
  ///
  /// - Throws: ``SystemError``, also when the file exists: a file of frames is never opened again for writing.
  public init(creating path: String, keys: FrameKeys) throws(SystemError) {
    file = try OpenFile(path, .createNew)
    self.keys = keys
  }

  /// Appends frames with one write and puts them on the disk before it returns.
  ///
  /// When it throws, nothing of the entries is in the file and they can be appended again.
  /// - Returns: the frames as a reader would find them.
  /// - Throws: ``SystemError``.
  @discardableResult
  public mutating func append(_ entries: [Entry]) throws(SystemError) -> [Frame] {
    var bytes: [UInt8] = []
    var frames: [Frame] = []
    for (index, entry) in entries.enumerated() {
      let offset = size + bytes.count
      let header = seal(entry, kind: .data, sequence: next + UInt64(index), into: &bytes)
      frames.append(Frame(offset: offset, header: header))
    }
    try commit(bytes)
    next += UInt64(entries.count)
    return frames
  }

  /// Marks the orderly end, which tells a file cut at a frame's border from a complete one.
  ///
  /// - Throws: ``SystemError``.
  public consuming func finish() throws(SystemError) {
    var bytes: [UInt8] = []
    _ = seal(Entry(plaintext: []), kind: .end, sequence: next, into: &bytes)
    try commit(bytes)
  }

  private func seal(
    _ entry: Entry, kind: FrameHeader.Kind, sequence: UInt64, into bytes: inout [UInt8]
  ) -> FrameHeader {
    let header = FrameHeader(
      bodyLength: entry.plaintext.count + RecordCipher.overhead, sequence: sequence,
      position: entry.position, count: entry.count, kind: kind)
    let headerBytes = header.bytes(keys.authenticator)
    bytes.append(contentsOf: headerBytes)
    keys.cipher.seal(
      entry.plaintext, context: keys.context(of: headerBytes), appendingTo: &bytes)
    return header
  }

  /// Writes and syncs, or takes back what a full disk left half written.
  private mutating func commit(_ bytes: [UInt8]) throws(SystemError) {
    if hasRemains {
      try file.truncate(to: size)
      hasRemains = false
    }
    do {
      let written: Result<Void, SystemError> = bytes.withUnsafeBytes { buffer in
        Result { () throws(SystemError) in try file.write(buffer) }
      }
      try written.get()
      try file.sync()
      size += bytes.count
    } catch {
      // On a failing disk this can fail too: then it is done before the next write.
      hasRemains = true
      if (try? file.truncate(to: size)) != nil { hasRemains = false }
      throw error
    }
  }
}
