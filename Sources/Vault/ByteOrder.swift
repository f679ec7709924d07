/// Numbers in files are little endian.
extension [UInt8] {
  @inlinable package mutating func appendLittleEndian(_ value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}

extension UnsafeRawBufferPointer {
  /// The number at an offset; the caller has checked the bounds.
  @inlinable package func littleEndian<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type = Value.self, at offset: Int
  ) -> Value {
    Value(littleEndian: loadUnaligned(fromByteOffset: offset, as: type))
  }
}
