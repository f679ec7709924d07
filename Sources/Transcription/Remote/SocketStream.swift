import Foundation
import Synchronization

/// A connected TCP socket that blocks, for bounded times only.
///
/// Reading and writing may go on in two threads at once; several may write, each piece whole.
final class SocketStream: Sendable {
  private let descriptor: Int32
  private let writing = Mutex(())

  /// Sent bytes that nobody acknowledges for so long mean that the other machine is gone, seconds.
  private static let goneAfter = 30

  /// Takes over a connected socket.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    set(IPPROTO_TCP, TCP_NODELAY, 1)
    set(SOL_SOCKET, SO_KEEPALIVE, 1)
    set(IPPROTO_TCP, TCP_KEEPIDLE, Int32(SocketStream.goneAfter))
    set(IPPROTO_TCP, TCP_KEEPINTVL, 5)
    set(IPPROTO_TCP, TCP_KEEPCNT, 3)
    set(IPPROTO_TCP, TCP_USER_TIMEOUT, Int32(SocketStream.goneAfter * 1000))
  }

  deinit { Foundation.close(descriptor) }

  /// Connects.
  ///
  /// - Parameter seconds: how long each of the host's addresses may take.
  convenience init(host: String, port: Int, within seconds: Int) throws(RemoteProblem) {
    var wanted = addrinfo()
    wanted.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &wanted, &found) == 0 else { throw .unknownHost }
    defer { freeaddrinfo(found) }
    var problem = RemoteProblem.unreachable
    var next = found
    while let address = next?.pointee {
      next = address.ai_next
      let descriptor = socket(
        address.ai_family, address.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
      guard descriptor >= 0 else { continue }
      if SocketStream.connect(descriptor, to: address, within: seconds, &problem) {
        self.init(descriptor: descriptor)
        return
      }
      Foundation.close(descriptor)
    }
    throw problem
  }

  private static func connect(
    _ descriptor: Int32, to address: addrinfo, within seconds: Int, _ problem: inout RemoteProblem
  ) -> Bool {
    let flags = fcntl(descriptor, F_GETFL)
    _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
    if Foundation.connect(descriptor, address.ai_addr, address.ai_addrlen) != 0 {
      guard errno == EINPROGRESS else { return false }
      var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      guard poll(&poller, 1, Int32(seconds * 1000)) == 1 else {
        problem = .timedOut
        return false
      }
      var error: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size)
      guard error == 0 else { return false }
    }
    _ = fcntl(descriptor, F_SETFL, flags)
    return true
  }

  private func set(_ level: some BinaryInteger, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(
      descriptor, Int32(level), option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  /// How long writing may stand still, seconds.
  func limitWriting(to seconds: Int) {
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  /// Writes all of it.
  func write(_ bytes: [UInt8]) throws(RemoteProblem) {
    let code = writing.withLock { _ in SocketWriting.send(bytes, to: descriptor) }
    if code != 0 { throw code == EAGAIN || code == ETIMEDOUT ? .timedOut : .cut }
  }

  /// The next bytes, however few; nil at the end of the stream.
  ///
  /// - Parameter seconds: how long to wait; nil for ever.
  func read(within seconds: Double?) throws(RemoteProblem) -> [UInt8]? {
    var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let limit = seconds.map { Int32(max(0, $0) * 1000) } ?? -1
    var ready = poll(&poller, 1, limit)
    while ready < 0 && errno == EINTR { ready = poll(&poller, 1, limit) }
    guard ready == 1 else { throw .timedOut }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var count = recv(descriptor, &buffer, buffer.count, 0)
    while count < 0 && errno == EINTR { count = recv(descriptor, &buffer, buffer.count, 0) }
    if count < 0 { throw errno == ETIMEDOUT ? .timedOut : .cut }
    return count == 0 ? nil : Array(buffer[..<count])
  }

  /// Ends the connection; whoever reads sees the end.
  func end() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
