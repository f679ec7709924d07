import Foundation

/// A helper program of the tests, from `Tests/Servers`: a server that runs until it is let go, or a reader that prints an answer.
public final class HelperProcess: @unchecked Sendable {
  // Sendable: the properties are set once in `init`; `Process` and `Pipe` are used by the test that owns the helper.
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  /// What could not be done.
  public struct Failed: Error, CustomStringConvertible {
    /// The reason.
    public let description: String
  }

  /// The checkout's folder.
  public static let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
  /// The interpreter with what the helpers import; made by `scripts/setup.sh --tests`.
  public static let python = checkout + "/.deps/tests/bin/python"
  /// Whether the helpers can run here.
  public static var isAvailable: Bool { access(python, X_OK) == 0 }
  /// Why they can't.
  public static let missing = "scripts/setup.sh --tests has not been run"

  /// Starts a helper.
  public init(_ script: String, _ arguments: [String] = [], interpreter: String? = nil) throws {
    process.executableURL = URL(fileURLWithPath: interpreter ?? Self.python)
    process.arguments = [Self.checkout + "/Tests/Servers/" + script] + arguments
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.standardError
    try process.run()
    // A helper whose standard input is kept open by another one would never end.
    try input.fileHandleForReading.close()
    _ = fcntl(input.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit { if process.isRunning { process.terminate() } }

  /// The next line it prints, as JSON.
  public func line<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
    var bytes: [UInt8] = []
    while true {
      guard let byte = try output.fileHandleForReading.read(upToCount: 1)?.first else {
        throw Failed(description: "the helper ended: \(String(decoding: bytes, as: UTF8.self))")
      }
      if byte == UInt8(ascii: "\n") { break }
      bytes.append(byte)
    }
    return try JSONDecoder().decode(type, from: Data(bytes))
  }

  /// Lets it go and waits for its end.
  public func end() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Runs a helper to its end and gives the line that it prints.
  public static func ask<Value: Decodable>(
    _ script: String, _ arguments: [String], _ type: Value.Type = Value.self
  ) throws -> Value {
    let helper = try HelperProcess(script, arguments)
    defer { helper.end() }
    return try helper.line(type)
  }
}

/// An S3 server that a helper runs.
public struct S3Server: Decodable, Sendable {
  /// `http://127.0.0.1:…`
  public let endpoint: String
  /// A bucket that is there.
  public let bucket: String
  /// Who may write.
  public let access_key: String
  /// The secret of who may write.
  public let secret_key: String
  /// Who is known and may do nothing.
  public let stranger_key: String
  /// The secret of who may do nothing.
  public let stranger_secret: String

  /// The port.
  public var port: String { String(endpoint.split(separator: ":").last ?? "") }
  /// The same as arguments of `lake.py`.
  public var arguments: [String] { [endpoint, bucket, access_key, secret_key] }
}

/// What DuckDB finds in a lake (`lake.py`).
public struct LakeCounts: Decodable, Sendable, Equatable {
  /// Objects by format.
  public let objects: [String: Int]
  /// Rows by format.
  public let rows: [String: Int]
  /// Different submissions by format.
  public let distinct: [String: Int]
  /// Sum of the household sizes by format.
  public let persons: [String: Int]
  /// Rows by day, from the JSON Lines.
  public let days: [String: Int]
  /// Different field records by format.
  public let fields: [String: Int]
  /// Those that a person wrote without anything heard.
  public let typed: [String: Int]
  /// Sum of the daily counts by format.
  public let daily: [String: Int]
}
