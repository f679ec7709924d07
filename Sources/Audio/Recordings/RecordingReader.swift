import CSndFile
import Foundation

/// Reads a recording as 16 kHz mono, block by block with constant memory.
///
/// libsndfile reads wav, flac, ogg, opus, mp3 and more; anything else goes through the `ffmpeg`
/// command, where there is one.
public final class RecordingReader {
  /// Samples at 16 kHz, as far as the file says; nil when it doesn't.
  public let expectedSamples: Int64?
  /// Samples delivered so far.
  public private(set) var delivered: Int64 = 0
  private var decoder: any BlockDecoder
  private var resampler: Resampler
  private var ready: [Float] = []
  private var readyStart = 0
  private var isDone = false

  /// Opens a recording.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - searchPath: where `ffmpeg` is looked for, as in the variable `PATH`.
  /// - Throws: ``AudioError``.
  public init(
    path: String, searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
  ) throws(AudioError) {
    try RecordingReader.checkFile(path)
    do throws(AudioError) {
      decoder = try SndFileDecoder(path: path)
    } catch {
      guard let command = RecordingReader.find("ffmpeg", in: searchPath) else { throw error }
      decoder = try FFmpegDecoder(path: path, command: command)
    }
    let rate = decoder.rate
    resampler = Resampler(from: rate)
    expectedSamples = decoder.frames.map {
      ($0 * Int64(AudioFormat.sampleRate) + Int64(rate) - 1) / Int64(rate)
    }
  }

  /// Whether the file ended before its own header said; known at the end.
  public var isTruncated: Bool {
    guard isDone else { return false }
    if decoder.brokeOff || FileEnd.isMissing(decoder.path) { return true }
    guard let expectedSamples else { return false }
    return delivered + Int64(AudioFormat.sampleRate / 100) < expectedSamples
  }

  /// The next samples; empty at the end.
  ///
  /// - Parameter count: most samples wanted.
  /// - Throws: ``AudioError/emptyRecording(path:)`` at the end of a recording without any sample.
  public func read(_ count: Int) throws(AudioError) -> [Int16] {
    while ready.count - readyStart < count, !isDone { try fill() }
    let end = min(ready.count, readyStart + count)
    let block = ready[readyStart..<end].map { sample in
      Int16(max(-32_768, min(32_767, (sample * 32_768).rounded())))
    }
    readyStart = end
    if readyStart > 1 << 16 {
      ready.removeFirst(readyStart)
      readyStart = 0
    }
    delivered += Int64(block.count)
    return block
  }

  private func fill() throws(AudioError) {
    let block = try decoder.next()
    if block.isEmpty {
      isDone = true
      ready.append(contentsOf: resampler.finish())
      if delivered == 0, ready.count == readyStart {
        throw .emptyRecording(path: decoder.path)
      }
    } else {
      ready.append(contentsOf: resampler.process(block))
    }
  }

  /// Errors that both decoders would explain badly.
  private static func checkFile(_ path: String) throws(AudioError) {
    var info = stat()
    guard stat(path, &info) == 0 else {
      throw .cannotOpenFile(path: path, reason: errno == ENOENT ? "ENOENT" : "EACCES")
    }
    guard info.st_mode & S_IFMT != S_IFDIR else {
      throw .cannotOpenFile(path: path, reason: "EISDIR")
    }
    guard access(path, R_OK) == 0 else { throw .cannotOpenFile(path: path, reason: "EACCES") }
    if info.st_mode & S_IFMT == S_IFREG, info.st_size == 0 { throw .emptyRecording(path: path) }
  }

  private static func find(_ command: String, in searchPath: String) -> String? {
    searchPath.split(separator: ":").map { "\($0)/\(command)" }.first { access($0, X_OK) == 0 }
  }
}

/// Something that delivers mono blocks at the file's own rate.
protocol BlockDecoder {
  var path: String { get }
  var rate: Int { get }
  /// Frames the file says it has.
  var frames: Int64? { get }
  /// Whether it had to stop before the end.
  var brokeOff: Bool { get }
  /// The next block, -1 to 1; empty at the end.
  mutating func next() throws(AudioError) -> [Float]
}
