/// A place in a file of frames that can't be read as it was written.
public enum FrameDamage: Hashable, Sendable {
  /// Bytes at the end that are no whole frame: what a crash or a full disk leaves.
  case tail(bytes: Range<Int>)
  /// Bytes that are no frame, nor the beginning of one.
  case bytes(Range<Int>)
  /// A frame whose body was changed; its number.
  case body(sequence: UInt64)
  /// Frames that are not there; their numbers.
  case missing(Range<UInt64>)
  /// A frame behind its place, left out; its number.
  case displaced(sequence: UInt64)

  /// Whether this is only the end that a crash or a full disk cuts short.
  public var isTail: Bool { if case .tail = self { true } else { false } }
}

/// A frame in a file; its body is not opened yet.
public struct Frame: Hashable, Sendable {
  /// Where the frame begins in the file.
  public let offset: Int
  /// Where the contents stand, in the writer's unit.
  public var position: Int64 { header.position }
  /// How much they cover, in the writer's unit.
  public var count: Int { header.count }
  /// The frame's number in the file.
  public var sequence: UInt64 { header.sequence }
  let header: FrameHeader

  /// Where the frame is in the file.
  public var bytes: Range<Int> { offset..<end }

  var end: Int { offset + FrameHeader.length + header.bodyLength }
}

/// Reads a file of frames: whole frames in order, and exactly what is damaged.
///
/// Never changes the file.
public struct FrameReader: ~Copyable, Sendable {
  /// Frames in order.
  public private(set) var frames: [Frame] = []
  /// Damage found in the headers; bodies tell theirs when they are opened.
  public private(set) var damage: [FrameDamage] = []
  /// Whether the writer ended the file in order.
  public private(set) var isFinished = false

  private let file: OpenFile
  private let keys: FrameKeys
  private var expected: UInt64 = 0

  private init(_ file: consuming OpenFile, keys: FrameKeys) {
    self.file = file
    self.keys = keys
  }

  /// Finds the frames of a file.
  ///
  /// - Throws: ``SystemError`` when the file can't be read.
  public static func open(_ path: String, keys: FrameKeys) throws(SystemError) -> FrameReader {
    var reader = FrameReader(try OpenFile(path, .read), keys: keys)
    try reader.scan()
    return reader
  }

  /// Opens a file whose frames the caller knows, without looking for them.
  ///
  /// - Throws: ``SystemError`` when the file can't be read.
  public static func attach(_ path: String, keys: FrameKeys) throws(SystemError) -> FrameReader {
    FrameReader(try OpenFile(path, .read), keys: keys)
  }

  private mutating func scan() throws(SystemError) {
    let size = try file.size()
    var offset = 0
    while offset < size {
      if let frame = try frame(at: offset, size: size) {
        take(frame)
        offset = frame.end
      } else {
        let next = try nextFrame(after: offset, size: size)
        var isTail = false
        if next == size { isTail = try isCutFrame(at: offset, size: size) }
        damage.append(isTail ? .tail(bytes: offset..<size) : .bytes(offset..<next))
        offset = next
      }
    }
  }

  /// Opens a frame's body.
  ///
  /// - Throws: ``VaultError/damaged``, ``VaultError/otherKey(needed:)``, ``VaultError/system(_:)``.
  public func contents(of frame: Frame) throws(VaultError) -> [UInt8] {
    do {
      let body = try file.bytes(
        at: frame.offset + FrameHeader.length, count: frame.header.bodyLength)
      return try keys.cipher.open(
        body, context: keys.context(of: frame.header.bytes(keys.authenticator)))
    } catch let error as VaultError {
      throw error
    } catch let error as SystemError {
      throw .system(error)
    } catch {
      throw .damaged
    }
  }

  /// The whole frame at an offset, if one is there.
  private func frame(at offset: Int, size: Int) throws(SystemError) -> Frame? {
    let bytes = try file.bytes(at: offset, count: FrameHeader.length)
    guard let header = FrameHeader(bytes, keys.authenticator) else { return nil }
    let frame = Frame(offset: offset, header: header)
    return frame.end <= size ? frame : nil
  }

  /// Whether what stands at an offset is the beginning of a frame, or nothing but zeros: what an unfinished write leaves.
  private func isCutFrame(at offset: Int, size: Int) throws(SystemError) -> Bool {
    let bytes = try file.bytes(at: offset, count: min(FrameHeader.length, size - offset))
    if bytes.allSatisfy({ $0 == 0 }) { return true }
    if bytes.count == FrameHeader.length { return FrameHeader(bytes, keys.authenticator) != nil }
    return zip(bytes, FrameHeader.magic).allSatisfy { $0 == $1 }
  }

  /// Keeps a frame whose number fits, and notes numbers that don't.
  private mutating func take(_ frame: Frame) {
    guard frame.sequence >= expected, !isFinished else {
      damage.append(.displaced(sequence: frame.sequence))
      return
    }
    if frame.sequence > expected { damage.append(.missing(expected..<frame.sequence)) }
    expected = frame.sequence + 1
    switch frame.header.kind {
    case .data: frames.append(frame)
    case .end: isFinished = true
    }
  }

  /// The offset of the next whole frame, or the end of the file.
  private func nextFrame(after start: Int, size: Int) throws(SystemError) -> Int {
    let window = 1 << 16
    var offset = start + 1
    while offset < size {
      let bytes = try file.bytes(at: offset, count: window)
      var search = bytes[...]
      while let found = search.firstIndex(of: FrameHeader.magic[0]) {
        if try frame(at: offset + found, size: size) != nil { return offset + found }
        search = bytes[(found + 1)...]
      }
      offset += bytes.count
    }
    return size
  }
}
