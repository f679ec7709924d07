import Foundation

/// Looks into a file for signs that its end is missing, where libsndfile believes the file's length instead.
enum FileEnd {
  /// Whether a RIFF file is shorter than its header says, or an Ogg stream lacks its last page.
  ///
  /// Other files pass, and so do headers with the placeholder lengths of programs that write into a pipe.
  static func isMissing(_ path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    guard let head = try? file.read(upToCount: 8).map(Array.init), head.count == 8,
      let size = try? file.seekToEnd()
    else { return false }
    switch head[0..<4] {
    case ArraySlice("RIFF".utf8):
      let claimed = head[4...].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return claimed < 0x7FFF_0000 && claimed + 8 > size + 1
    case ArraySlice("OggS".utf8): return !endsOggStream(file, size)
    default: return false
    }
  }

  /// Whether the last page carries the mark of a stream's end; a page has at most 65,307 bytes.
  private static func endsOggStream(_ file: FileHandle, _ size: UInt64) -> Bool {
    try? file.seek(toOffset: size > 65_536 ? size - 65_536 : 0)
    guard let tail = try? file.readToEnd().map(Array.init) else { return true }
    let mark = Array("OggS".utf8)
    let page = tail.indices.dropLast(5).last { tail[$0..<$0 + 4].elementsEqual(mark) }
    return page.map { tail[$0 + 5] & 4 != 0 } ?? false
  }
}
