import Foundation
import Messages
import Recognizer

/// Fetches a known model's archive, because somebody asked for it; nothing else in the program uses the network.
struct ModelDownload {
  let models: URL
  /// The release page or a mirror of it.
  let base: String

  /// Fetches, checks and hands over the archive; what was fetched before an interruption is used.
  ///
  /// - Parameters:
  ///   - sha256: the checksum that the archive must have.
  ///   - install: gets the archive's path; it is removed afterwards.
  func fetch(
    _ model: KnownModel, sha256: String, install: (String) throws -> String
  ) throws -> String {
    let folder = models.appendingPathComponent(".download")
    let archive = folder.appendingPathComponent("\(model.name).tar.bz2").path
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure(key: "error.output", ["path": folder.path, "reason": Failure.reason(error)])
    }
    // The folder goes with the last archive in it.
    defer { rmdir(folder.path) }
    if ModelIntegrity.digest(archive) != sha256 {
      try curl(model.url(below: base), to: archive)
      guard ModelIntegrity.digest(archive) == sha256 else {
        unlink(archive)
        throw Failure(key: "error.checksum", ["path": model.url(below: base)])
      }
    }
    defer { unlink(archive) }
    return try install(archive)
  }

  private func curl(_ url: String, to path: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "curl", "--disable", "--fail", "--location", "--proto", "=https,http,file",
      "--proto-redir", "=https", isatty(2) == 1 ? "--progress-bar" : "--silent", "--show-error",
      "--continue-at", "-", "--output", path, "--", url,
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try? process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(
        key: "error.download",
        ["url": url, "reason": process.terminationStatus == 127 ? "noCurl" : "curl"])
    }
  }
}
