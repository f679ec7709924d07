import Foundation
import Vault

/// A run of recorded samples with its place in the recording.
public struct RecordedSound: Hashable, Sendable {
  /// Index of the first sample, at 16 kHz, since the recording began.
  public let position: Int64
  /// Samples, mono, signed 16-bit.
  public let samples: [Int16]

  /// Makes a run from its parts.
  public init(position: Int64, samples: [Int16]) {
    self.position = position
    self.samples = samples
  }

  /// Index of the sample after the last one.
  public var end: Int64 { position + Int64(samples.count) }
}

/// Keeps the sound of one interview, encrypted from the first byte.
///
/// Sound is written and synced in chunks of half a second, each sealed alone: a crash costs at most the
/// open chunk, a range is read without opening the rest, and a stretch off the record leaves no bytes.
/// On a full disk the sound waits in memory (up to ten minutes) and is written when there is space again.
public actor AudioSpool {
  /// Samples of a chunk: half a second at 16 kHz.
  public static let chunkLength = 8_000
  /// Samples that may wait for space on the disk: ten minutes at 16 kHz.
  public static let waitingLimit = 9_600_000

  private let interview: String
  private let directory: DataDirectory
  private let key: DataKey
  private var stored: StoredSound
  private var queue: SoundQueue
  private var writer: FrameWriter?
  private var part: Int
  private nonisolated let executor = FileExecutor()

  /// The spool has a thread of its own.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  /// Opens the sound of an interview.
  ///
  /// Writing goes to a new file, made with the first chunk; earlier ones are only read.
  ///
  /// - Throws: ``StoreError``.
  init(
    interview: String, in directory: DataDirectory, key: DataKey,
    waitingLimit: Int = AudioSpool.waitingLimit
  ) throws(StoreError) {
    self.interview = try InterviewIdentifier(interview).text
    self.directory = directory
    self.key = key
    do {
      let parts = try InterviewFile.parts(.audio, of: interview, in: directory)
      stored = try StoredSound(parts, in: directory, key: key)
      part = (parts.last?.part ?? 0) + 1
    } catch {
      throw StoreError(error, path: directory.audio)
    }
    queue = SoundQueue(
      end: stored.end, chunkLength: Self.chunkLength, waitingLimit: waitingLimit)
  }

  /// Takes the next samples.
  ///
  /// Those at positions that are kept already are left out.
  ///
  /// When it throws, the samples wait in memory and the next call tries again; see ``unsaved``.
  /// - Throws: ``StoreError/noSpace(path:)`` and others.
  public func append(position: Int64, samples: [Int16]) throws(StoreError) {
    queue.append(position: position, samples: samples)
    try write()
  }

  /// Writes what waits, also a chunk that is not full; for a pause, and for the end.
  ///
  /// - Throws: as ``append(position:samples:)``.
  public func flush() throws(StoreError) {
    queue.closeChunk()
    try write()
  }

  /// Writes what waits and ends the file in order.
  ///
  /// More sound afterwards starts a new file.
  ///
  /// - Throws: as ``append(position:samples:)``.
  public func close() throws(StoreError) {
    try flush()
    do { try writer.take()?.finish() } catch { throw StoreError(error) }
  }

  /// The sound kept in a range of positions, in order; stretches that were not recorded are left out.
  ///
  /// - Throws: ``StoreError`` when a file can't be read. A damaged chunk is left out; see ``damaged``.
  public func read(_ range: Range<Int64>) throws(StoreError) -> [RecordedSound] {
    let sound = try stored.read(range) + queue.sound
    return sound.compactMap { $0.clamped(to: range) }
  }

  /// Runs of positions that have sound, in order; neighbours are joined.
  public var extents: [Range<Int64>] {
    SoundQueue.joined(stored.extents + queue.sound.map(\.range))
  }

  /// Index of the sample after the last one kept or waiting.
  public var end: Int64 { queue.end }

  /// Samples that wait for space on the disk or for the open chunk to fill.
  public var unsaved: Int { queue.waiting }

  /// Sound given up because the disk stayed full for too long, as ranges of positions.
  public var lost: [Range<Int64>] { queue.lost }

  /// Chunks found damaged so far, as ranges of positions; those whose header is gone have no range and only count in ``isDamaged``.
  public var damaged: [Range<Int64>] { stored.damaged }

  /// Whether a file of the spool is damaged; the end of a file that a crash cut short is not.
  public var isDamaged: Bool { stored.isDamaged }

  /// Writes the closed chunks, oldest first.
  private func write() throws(StoreError) {
    while let chunk = queue.next {
      do {
        try open()
        try append(chunk)
      } catch {
        throw StoreError(error, path: directory.audio)
      }
      queue.removeNext()
    }
  }

  private func open() throws {
    guard writer == nil else { return }
    let file = InterviewFile(interview: interview, part: part, kind: .audio)
    let path = file.path(in: directory)
    let keys = try file.keys(key)
    writer = try FrameWriter(creating: path, keys: keys)
    part += 1
    try Folder.sync(directory.audio)
    stored.add(path: path, keys: keys)
  }

  private func append(_ chunk: RecordedSound) throws(SystemError) {
    let entry = FrameWriter.Entry(
      position: chunk.position, count: chunk.samples.count, plaintext: chunk.bytes)
    guard let frames = try writer?.append([entry]) else { return }
    stored.note(frames)
  }
}

extension RecordedSound {
  var range: Range<Int64> { position..<end }

  /// The part of the run that lies in a range, if any.
  func clamped(to range: Range<Int64>) -> RecordedSound? {
    let common = self.range.clamped(to: range)
    guard !common.isEmpty else { return nil }
    let from = Int(common.lowerBound - position)
    return RecordedSound(
      position: common.lowerBound, samples: Array(samples[from..<from + common.count]))
  }
}
