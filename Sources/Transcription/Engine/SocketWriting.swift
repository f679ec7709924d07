import Foundation

/// Writing to sockets, of processes and of other machines.
enum SocketWriting {
  /// Writes all of it; the system's error number, 0 for none. A peer that is gone is an error and no signal.
  static func send(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { raw in
      var sent = 0
      while sent < raw.count {
        let count = Foundation.send(
          descriptor, raw.baseAddress.map { $0 + sent }, raw.count - sent, Int32(MSG_NOSIGNAL))
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return errno }
        sent += count
      }
      return 0
    }
  }
}
