import Foundation

/// One event of the Wyoming protocol: a type, JSON data, and bytes.
///
/// Framing: one line of JSON `{"type", "data"?, "data_length"?, "payload_length"?}`, then `data_length`
/// bytes of JSON merged over `data`, then `payload_length` bytes (OHF-Voice/wyoming).
public struct WyomingEvent: Hashable, Sendable {
  /// The event's type, for example `audio-chunk`.
  public let type: String
  /// Its data.
  public let data: [String: JSONValue]
  /// Its bytes, for example PCM.
  public let payload: [UInt8]

  /// Makes an event.
  public init(type: String, data: [String: JSONValue] = [:], payload: [UInt8] = []) {
    self.type = type
    self.data = data
    self.payload = payload
  }

  /// The event as bytes; data in the second block, as the reference writer does.
  public func encoded() throws -> [UInt8] {
    var header: [String: JSONValue] = ["type": .string(type), "version": .string("1.7.0")]
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let block = data.isEmpty ? Data() : try encoder.encode(data)
    if !block.isEmpty { header["data_length"] = .integer(Int64(block.count)) }
    if !payload.isEmpty { header["payload_length"] = .integer(Int64(payload.count)) }
    var bytes = [UInt8](try encoder.encode(header))
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: block)
    bytes.append(contentsOf: payload)
    return bytes
  }
}

/// What can be wrong with a stream of Wyoming events. The stream can't be read on.
public enum WyomingError: Error, Hashable, Sendable {
  /// The header line is longer than ``WyomingParser/Limits/header``.
  case headerTooLong
  /// The header line is no JSON object with a `type`.
  case badHeader
  /// A length is negative or larger than ``WyomingParser/Limits/block``.
  case badLength
  /// The data block is no JSON object.
  case badData
}

/// Cuts a stream of bytes into events, whatever the pieces in which it arrives.
public struct WyomingParser: Sendable {
  /// What is refused before it fills the memory.
  public struct Limits: Hashable, Sendable {
    /// Longest header line, bytes.
    public let header: Int
    /// Largest data block or payload, bytes.
    public let block: Int

    /// Between a desk and its own engine process.
    public static let process = Limits(header: 1 << 20, block: 64 << 20)
    /// Between machines: a megabyte is half a minute of sound.
    public static let network = Limits(header: 1 << 16, block: 1 << 20)
  }

  private let limits: Limits
  private var buffer: [UInt8] = []
  private var consumed = 0
  private var searched = 0
  private var header: Header?

  private struct Header {
    let type: String
    let data: [String: JSONValue]
    let dataLength: Int
    let payloadLength: Int
  }

  /// A parser at the beginning of a stream.
  public init(limits: Limits = .process) { self.limits = limits }

  /// Bytes that are not part of a whole event yet.
  public var pendingBytes: Int { buffer.count - consumed }

  /// Takes more bytes; ask ``next()`` until it returns nil.
  public mutating func append(_ bytes: some Sequence<UInt8>) {
    if consumed > 1 << 16, consumed * 2 > buffer.count {
      buffer.removeFirst(consumed)
      searched -= consumed
      consumed = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next whole event, or nil when more bytes are needed.
  public mutating func next() throws(WyomingError) -> WyomingEvent? {
    if header == nil { header = try readHeader() }
    guard let header else { return nil }
    guard pendingBytes >= header.dataLength + header.payloadLength else { return nil }
    let dataEnd = consumed + header.dataLength
    let data = try merge(header.data, block: buffer[consumed..<dataEnd])
    let payload = Array(buffer[dataEnd..<dataEnd + header.payloadLength])
    consumed = dataEnd + header.payloadLength
    searched = consumed
    self.header = nil
    return WyomingEvent(type: header.type, data: data, payload: payload)
  }

  private mutating func readHeader() throws(WyomingError) -> Header? {
    searched = max(searched, consumed)
    guard let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
      searched = buffer.count
      if pendingBytes > limits.header { throw .headerTooLong }
      return nil
    }
    guard end - consumed <= limits.header else { throw .headerTooLong }
    let object = WyomingParser.object(buffer[consumed..<end])
    guard let object, let type = object["type"]?.string else { throw .badHeader }
    var data: [String: JSONValue] = [:]
    if case .object(let inner) = object["data"] { data = inner }
    let header = Header(
      type: type, data: data, dataLength: try length(object["data_length"]),
      payloadLength: try length(object["payload_length"]))
    consumed = end + 1
    searched = consumed
    return header
  }

  private func length(_ value: JSONValue?) throws(WyomingError) -> Int {
    guard let value, value != .null else { return 0 }
    guard let number = value.integer, (0...Int64(limits.block)).contains(number)
    else { throw .badLength }
    return Int(number)
  }

  private func merge(
    _ data: [String: JSONValue], block: ArraySlice<UInt8>
  ) throws(WyomingError) -> [String: JSONValue] {
    guard !block.isEmpty else { return data }
    guard let object = WyomingParser.object(block) else { throw .badData }
    return data.merging(object) { _, new in new }
  }

  private static func object(_ bytes: ArraySlice<UInt8>) -> [String: JSONValue]? {
    try? JSONDecoder().decode([String: JSONValue].self, from: Data(bytes))
  }
}
