/// Writes JSON text straight into bytes (RFC 8259).
package enum JSONText {
  private static let hexadecimal = Array("0123456789abcdef".utf8)

  /// Appends a string with its quotes; `utf8` must be valid.
  package static func append(_ utf8: some Sequence<UInt8>, to buffer: inout [UInt8]) {
    let isDone: ()? = utf8.withContiguousStorageIfAvailable { appendBytes($0, to: &buffer) }
    if isDone == nil { Array(utf8).withUnsafeBufferPointer { appendBytes($0, to: &buffer) } }
  }

  private static func appendBytes(_ bytes: UnsafeBufferPointer<UInt8>, to buffer: inout [UInt8]) {
    buffer.append(UInt8(ascii: "\""))
    // Mostly there is nothing to escape.
    if bytes.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") })
    {
      appendEscaped(bytes, to: &buffer)
    } else {
      buffer.append(contentsOf: bytes)
    }
    buffer.append(UInt8(ascii: "\""))
  }

  private static func appendEscaped(
    _ bytes: UnsafeBufferPointer<UInt8>, to buffer: inout [UInt8]
  ) {
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        buffer.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case UInt8(ascii: "\n"): buffer.append(contentsOf: Array("\\n".utf8))
      case 0..<0x20:
        buffer.append(contentsOf: Array("\\u00".utf8))
        buffer.append(hexadecimal[Int(byte >> 4)])
        buffer.append(hexadecimal[Int(byte & 15)])
      default: buffer.append(byte)
      }
    }
  }

  /// Appends `"key":`, behind a comma when the object has begun.
  package static func appendKey(_ key: some Sequence<UInt8>, to buffer: inout [UInt8]) {
    if buffer.last != UInt8(ascii: "{") { buffer.append(UInt8(ascii: ",")) }
    append(key, to: &buffer)
    buffer.append(UInt8(ascii: ":"))
  }
}
