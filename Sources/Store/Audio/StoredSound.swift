import Interview
import Vault

/// The chunks of an interview's sound that are on the disk.
struct StoredSound: Sendable {
  private struct File: Sendable {
    let path: String
    let keys: FrameKeys
  }

  private struct Chunk: Sendable {
    let file: Int
    let frame: Frame

    var range: Range<Int64> { frame.position..<frame.position + Int64(frame.count) }
  }

  /// Chunks whose contents could not be opened, as ranges of positions.
  private(set) var damaged: [Range<Int64>] = []
  /// Whether more is damaged than the end that a crash cuts short.
  private(set) var isDamaged = false
  /// Last chunks of files that were not ended in order.
  private var tails: [Range<Int64>] = []
  private var files: [File] = []
  private var chunks: [Chunk] = []

  /// Finds the chunks of all parts; opens none.
  init(_ parts: [InterviewFile], in directory: DataDirectory, key: DataKey) throws {
    for part in parts {
      add(path: part.path(in: directory), keys: try part.keys(key))
      let file = files[files.count - 1]
      let reader = try FrameReader.open(file.path, keys: file.keys)
      if reader.damage.contains(where: { !$0.isTail }) { isDamaged = true }
      note(reader.frames)
      if !reader.isFinished, let last = reader.frames.last {
        tails.append(last.position..<last.position + Int64(last.count))
      }
    }
  }

  /// Index of the sample after the last one.
  var end: Int64 { chunks.last?.range.upperBound ?? 0 }

  var extents: [Range<Int64>] { SoundQueue.joined(chunks.map(\.range)) }

  /// Adds a file; chunks noted from now on are in it.
  mutating func add(path: String, keys: FrameKeys) {
    files.append(File(path: path, keys: keys))
  }

  /// Adds chunks that are in the newest file.
  mutating func note(_ frames: [Frame]) {
    for frame in frames where frame.position >= end {
      chunks.append(Chunk(file: files.count - 1, frame: frame))
    }
  }

  /// Opens the chunks that touch a range, and no others.
  mutating func read(_ range: Range<Int64>) throws(StoreError) -> [RecordedSound] {
    let from = chunks.partitioningIndex { $0.range.upperBound > range.lowerBound }
    let to = chunks.partitioningIndex { $0.range.lowerBound >= range.upperBound }
    var sound: [RecordedSound] = []
    var index = from
    while index < to {
      let file = chunks[index].file
      let run = chunks[index..<to].prefix { $0.file == file }
      sound += try read(run, files[file])
      index += run.count
    }
    return sound
  }

  private mutating func read(
    _ chunks: ArraySlice<Chunk>, _ file: File
  ) throws(StoreError) -> [RecordedSound] {
    let reader: FrameReader
    do { reader = try .attach(file.path, keys: file.keys) } catch { throw StoreError(error) }
    var sound: [RecordedSound] = []
    for chunk in chunks {
      do {
        let bytes = try reader.contents(of: chunk.frame)
        sound.append(RecordedSound(position: chunk.frame.position, bytes: bytes))
      } catch {
        if case .system(let error) = error { throw StoreError(error) }
        // As with a journal: the last chunk of a file that was not ended is what a power cut leaves.
        if !tails.contains(chunk.range) { isDamaged = true }
        if !damaged.contains(chunk.range) { damaged.append(chunk.range) }
      }
    }
    return sound
  }
}

extension RecordedSound {
  /// The samples as they stand in a file: signed 16-bit, little endian.
  var bytes: [UInt8] { samples.map(\.littleEndian).withUnsafeBytes { Array($0) } }

  init(position: Int64, bytes: [UInt8]) {
    let samples = bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / 2).map { bytes.littleEndian(Int16.self, at: $0 * 2) }
    }
    self.init(position: position, samples: samples)
  }
}
