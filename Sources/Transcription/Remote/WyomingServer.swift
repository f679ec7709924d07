import Foundation
import Synchronization

/// Lets other desks use the recogniser of this machine: a Wyoming server over TCP (`acogida engine serve`).
///
/// Every connection has an engine process of its own, so that a crash ends one desk's session and no other.
public final class WyomingServer: Sendable {
  /// What the server offers and allows.
  public struct Settings: Sendable {
    /// Model and threads of each engine process.
    public let engine: EngineConfiguration
    /// The model's name, as clients see it.
    public let model: String
    /// Languages that the model knows.
    public let languages: Set<String>
    /// The program's version.
    public let version: String
    /// Most desks at a time.
    public let connections: Int
    /// How to start an engine process.
    public let launcher: EngineLauncher

    /// Makes settings.
    public init(
      engine: EngineConfiguration, model: String, languages: Set<String>, version: String,
      connections: Int, launcher: EngineLauncher = .sameBinary
    ) {
      self.engine = engine
      self.model = model
      self.languages = languages
      self.version = version
      self.connections = connections
      self.launcher = launcher
    }
  }

  /// What happens, for whoever watches the server. No addresses.
  public enum Event: Hashable, Sendable {
    /// A desk came; so many are there.
    case opened(Int)
    /// A desk left; so many are there.
    case closed(Int)
    /// A desk was sent away because there is no room.
    case refused
  }

  /// Where it listens.
  public let port: Int
  private let descriptor: Int32
  private let settings: Settings
  private let sessions = Mutex<[Int: WyomingSession]>([:])
  private let isStopped = Atomic(false)

  /// Begins to listen.
  ///
  /// - Parameter host: a numeric address or a name; port 0 takes any free port.
  /// - Throws: ``EngineFailure/unreachable(reason:)`` with the system's reason.
  public init(host: String, port: Int, settings: Settings) throws(EngineFailure) {
    var wanted = addrinfo()
    wanted.ai_socktype = Int32(SOCK_STREAM.rawValue)
    wanted.ai_flags = AI_PASSIVE
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &wanted, &found)
    guard code == 0, let address = found?.pointee else {
      throw .unreachable(reason: String(cString: gai_strerror(code)))
    }
    defer { freeaddrinfo(found) }
    descriptor = socket(
      address.ai_family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    guard bind(descriptor, address.ai_addr, address.ai_addrlen) == 0, listen(descriptor, 16) == 0
    else {
      let reason = String(cString: strerror(errno))
      Foundation.close(descriptor)
      throw .unreachable(reason: reason)
    }
    self.port = WyomingServer.port(of: descriptor)
    self.settings = settings
  }

  deinit { Foundation.close(descriptor) }

  private static func port(of descriptor: Int32) -> Int {
    var storage = sockaddr_storage()
    var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &storage) { pointer in
      _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &size)
      }
      // The port stands in the same place in both families of addresses.
      return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        Int(UInt16(bigEndian: $0.pointee.sin_port))
      }
    }
  }

  /// Serves until ``stop()``; blocks, so it needs a thread of its own.
  public func run(report: @escaping @Sendable (Event) -> Void) {
    var number = 0
    while !isStopped.load(ordering: .acquiring) {
      let peer = accept(descriptor, nil, nil)
      if peer < 0 {
        // Out of descriptors, or a desk that left at once: neither ends the server.
        if errno != EINTR, errno != ECONNABORTED { usleep(100_000) }
        continue
      }
      _ = fcntl(peer, F_SETFD, FD_CLOEXEC)
      let stream = SocketStream(descriptor: peer)
      guard !isStopped.load(ordering: .acquiring) else { break }
      number += 1
      if !begin(number, stream, report) {
        report(.refused)
        turnAway(stream)
      }
    }
    for session in sessions.withLock({ Array($0.values) }) { session.end() }
  }

  /// Ends all sessions and ``run(report:)``.
  public func stop() {
    isStopped.store(true, ordering: .releasing)
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  private func begin(
    _ number: Int, _ stream: SocketStream, _ report: @escaping @Sendable (Event) -> Void
  ) -> Bool {
    let session = WyomingSession(stream, settings)
    let count: Int? = sessions.withLock { sessions in
      guard sessions.count < settings.connections else { return nil }
      sessions[number] = session
      return sessions.count
    }
    guard let count else { return false }
    report(.opened(count))
    let thread = Thread { [self] in
      session.run()
      let left = sessions.withLock { sessions in
        sessions[number] = nil
        return sessions.count
      }
      report(.closed(left))
    }
    thread.name = "acogida.server"
    thread.start()
    return true
  }

  private func turnAway(_ stream: SocketStream) {
    stream.limitWriting(to: 1)
    if let bytes = try? WyomingSession.error(.busy).encoded() { try? stream.write(bytes) }
    // Closing at once, with its question unread, would take the answer away from it.
    _ = try? stream.read(within: 0.2)
    stream.end()
  }
}
