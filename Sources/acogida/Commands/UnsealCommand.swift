import ArgumentParser
import Exchange
import Foundation
import Messages
import Vault

/// `acogida unseal`: opens, at headquarters, what was sealed to the organisation's key.
struct UnsealCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unseal",
    abstract: Help.text("help.unseal"),
    discussion: Help.text("help.unseal.about"))

  @Argument(help: Help.of("help.unseal.paths")) var paths: [String]
  @Option(help: Help.of("help.unseal.key", "file")) var key: String
  @Option(help: Help.of("help.unseal.out", "folder"))
  var out: String

  func run() throws {
    let secret = try OrganisationSecret(file: key)
    var opened = 0
    for (path, name) in try paths.flatMap(sealedFiles) {
      let sealed = try Failure.reading(path) {
        Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      }
      let plain: [UInt8]
      do { plain = try secret.open(sealed) } catch {
        throw Failure(key: "error.unseal", ["path": path])
      }
      let target = (out as NSString).appendingPathComponent(name)
      do throws(ExportError) {
        try ExportDestination.file(target).replaceContents(with: plain)
      } catch {
        throw Failure(error, path: target)
      }
      opened += 1
    }
    let catalogue = Catalogue(environment: ProcessInfo.processInfo.environment)
    StandardError.write(catalogue.plural("unseal.done", opened, ["path": out]) + "\n")
    if opened == 0 { throw ExitCode(2) }
  }

  /// The sealed files at a path, each with the name it gets.
  private func sealedFiles(_ path: String) throws -> [(path: String, name: String)] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure(key: "error.file", ["path": path, "reason": "ENOENT"])
    }
    guard isFolder.boolValue else {
      return [(path, opened((path as NSString).lastPathComponent))]
    }
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(LakeKey.sealed) }.sorted()
      .map { ((path as NSString).appendingPathComponent($0), opened($0)) }
  }

  private func opened(_ name: String) -> String {
    name.hasSuffix(LakeKey.sealed) ? String(name.dropLast(LakeKey.sealed.count)) : name + ".opened"
  }
}
