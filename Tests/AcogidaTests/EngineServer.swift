import Foundation

/// `acogida engine serve` in a process of its own.
final class EngineServer {
  /// What a client is told.
  let address: String
  private let process: Process

  /// The port of the address.
  var port: Int { Int(address.split(separator: ":").last ?? "") ?? 0 }

  /// Starts it and waits until it listens.
  init(_ program: Program, port: Int = 0, _ arguments: [String] = []) throws {
    let (process, output, _) = try program.start(
      ["engine", "serve", "--listen", "127.0.0.1:\(port)"] + arguments)
    self.process = process
    let line = try output.fileHandleForReading.read(untilLine: 1)
    address = String(decoding: line, as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  /// Kills it, as a power cut would.
  func kill() {
    if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }
}

extension FileHandle {
  /// Reads that many lines; fewer at the end of the file.
  func read(untilLine count: Int) throws -> Data {
    var data = Data()
    var lines = 0
    while lines < count, let byte = try read(upToCount: 1), !byte.isEmpty {
      data += byte
      if byte.first == 10 { lines += 1 }
    }
    return data
  }
}

extension Data {
  /// How many lines it has.
  var lines: Int { count { $0 == 10 } }
}

/// A plain connection to this machine.
final class TCPClient {
  private let descriptor: Int32

  /// What can't be done.
  struct Broken: Error {}

  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else { throw Broken() }
  }

  deinit { close(descriptor) }

  func send(_ text: String) throws { try send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) throws {
    guard Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
      throw Broken()
    }
  }

  /// Reads until that text is there.
  func receive(until text: String) throws -> String {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { throw Broken() }
      all += buffer[..<count]
      let result = String(decoding: all, as: UTF8.self)
      if result.contains(text) { return result }
    }
  }
}
