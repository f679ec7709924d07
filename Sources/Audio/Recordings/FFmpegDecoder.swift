import Foundation

/// Reads a file through the `ffmpeg` command, which hands over 16 kHz mono.
final class FFmpegDecoder: BlockDecoder {
  let path: String
  let rate = AudioFormat.sampleRate
  let frames: Int64? = nil
  private let process = Process()
  private let output = Pipe()
  private(set) var brokeOff = false
  private var delivered = false
  private var oddByte: UInt8?

  init(path: String, command: String) throws(AudioError) {
    self.path = path
    process.executableURL = URL(fileURLWithPath: command)
    // `file:` keeps a name with a colon or a leading dash from being taken for something else.
    process.arguments = [
      "-v", "error", "-nostdin", "-i", "file:\(path)", "-vn", "-f", "s16le", "-ac", "1", "-ar",
      String(AudioFormat.sampleRate), "-",
    ]
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw .notARecording(path: path, reason: "ffmpeg")
    }
  }

  deinit {
    if process.isRunning { process.terminate() }
  }

  func next() throws(AudioError) -> [Float] {
    let data = (try? output.fileHandleForReading.read(upToCount: 1 << 16)) ?? Data()
    guard !data.isEmpty else {
      process.waitUntilExit()
      brokeOff = process.terminationStatus != 0
      if brokeOff, !delivered { throw .notARecording(path: path, reason: "unknownFormat") }
      return []
    }
    delivered = true
    var bytes = [UInt8](data)
    if let oddByte { bytes.insert(oddByte, at: 0) }
    oddByte = bytes.count % 2 == 1 ? bytes.removeLast() : nil
    return stride(from: 0, to: bytes.count, by: 2).map { index in
      Float(Int16(bitPattern: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8)) / 32_768
    }
  }
}
