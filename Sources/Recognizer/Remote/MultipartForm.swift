import Audio
import Transcription

/// A form with a file (`multipart/form-data`, RFC 7578).
struct MultipartForm {
  // Sound can hold any bytes; these sixteen in a row behind a line's end are not going to be among them.
  private static let boundary = "acogida-7f3b9d5e41c8a260"
  private var parts: [UInt8] = []

  /// The header's value.
  var contentType: String { "multipart/form-data; boundary=\(MultipartForm.boundary)" }

  /// The form as bytes.
  var bytes: [UInt8] { parts + Array("--\(MultipartForm.boundary)--\r\n".utf8) }

  /// Adds a text.
  mutating func add(_ field: String, _ text: String) {
    begin("name=\"\(field)\"", type: nil)
    parts += Array(text.utf8) + [13, 10]
  }

  /// Adds a file.
  mutating func add(_ field: String, name: String, type: String, _ content: [UInt8]) {
    begin("name=\"\(field)\"; filename=\"\(name)\"", type: type)
    parts += content + [13, 10]
  }

  private mutating func begin(_ disposition: String, type: String?) {
    var head = "--\(MultipartForm.boundary)\r\nContent-Disposition: form-data; \(disposition)\r\n"
    if let type { head += "Content-Type: \(type)\r\n" }
    parts += Array((head + "\r\n").utf8)
  }
}

/// A recording in memory (RIFF WAVE, 16 bit, one channel).
enum WAV {
  static func bytes(_ samples: [Int16]) -> [UInt8] {
    let sound = PCM.bytes(samples)
    let rate = UInt32(AudioFormat.sampleRate)
    let size = UInt32(sound.count)
    var bytes = Array("RIFF".utf8) + number(36 + size) + Array("WAVEfmt ".utf8) + number(16)
    // PCM, one channel.
    bytes += [1, 0, 1, 0] + number(rate) + number(rate * 2)
    // Bytes of a frame, bits of a sample.
    bytes += [2, 0, 16, 0] + Array("data".utf8) + number(size)
    return bytes + sound
  }

  private static func number(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
