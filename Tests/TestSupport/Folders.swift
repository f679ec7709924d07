import Foundation

/// Makes a folder of the test's own and removes it afterwards.
@discardableResult
public func withTemporaryFolder<Result>(
  _ body: (String) async throws -> Result
) async throws -> Result {
  let path = try makeTemporaryFolder()
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try await body(path)
}

/// Makes a folder of the test's own and removes it afterwards, in a test that waits for nothing.
@discardableResult
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let path = try makeTemporaryFolder()
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

private func makeTemporaryFolder() throws -> String {
  let path = NSTemporaryDirectory() + "acogida-test-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  return path
}

/// The contents of a file.
public func bytes(_ path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// Writes a file in place of whatever was there.
public func replace(_ path: String, with bytes: some Sequence<UInt8>) throws {
  try Data(Array(bytes)).write(to: URL(fileURLWithPath: path))
}

/// The permissions of a file or folder, for example `0o600`.
public func mode(_ path: String) throws -> Int? {
  let attributes = try FileManager.default.attributesOfItem(atPath: path)
  return (attributes[.posixPermissions] as? NSNumber)?.intValue
}

/// The `number`th interview identifier of a test: a UUID in lower case.
public func identifier(_ number: Int) -> String {
  let digits = String(number, radix: 16)
  return "a0000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
}
