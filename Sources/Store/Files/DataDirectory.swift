import Foundation
import Vault

/// Where the data of one stage are: `<root>/<stage>/{acogida.sqlite, key, keyring, lock, sync.lock, journal/, audio/}`.
public struct DataDirectory: Hashable, Sendable {
  /// The folder that holds all stages.
  public let root: String
  /// The stage, for example `dev` or
  ///
  /// `prod`. Stages share nothing, not even the key.
  public let stage: String

  /// Names a stage's folder; nothing is made or read.
  ///
  /// - Throws: ``StoreError/invalidStage(_:)``.
  public init(root: String, stage: String) throws(StoreError) {
    guard Self.isValidStage(stage) else { throw .invalidStage(stage) }
    self.root = root
    self.stage = stage
  }

  /// The stage's folder.
  public var path: String { (root as NSString).appendingPathComponent(stage) }
  /// The database.
  public var database: String { path + "/acogida.sqlite" }
  /// The key that opens everything of the stage.
  public var key: String { path + "/key" }
  /// The keys of single interviews, wrapped under that key; there is a second copy beside it.
  public var keyring: String { path + "/keyring" }
  /// Held while a process works on the stage.
  public var lock: String { path + "/lock" }
  /// Held while a process sends what is kept.
  public var sendingLock: String { path + "/sync.lock" }
  /// The technician's voice print, where one is enrolled.
  public var voice: String { path + "/voice" }
  /// Journals of interviews.
  public var journals: String { path + "/journal" }
  /// Recorded sound.
  public var audio: String { path + "/audio" }

  /// Whether something is kept here that needs the key.
  func holdsData() throws(SystemError) -> Bool {
    if Folder.exists(database) { return true }
    for folder in [journals, audio] where try !Folder.names(in: folder).isEmpty { return true }
    return false
  }

  /// Makes the folders that are missing, private to the user.
  func make() throws(SystemError) {
    for folder in [path, journals, audio] { try Folder.make(folder) }
  }

  private static func isValidStage(_ name: String) -> Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    guard let first = name.utf8.first, name.utf8.count <= 32 else { return false }
    return (letters.contains(first) || digits.contains(first))
      && name.utf8.allSatisfy {
        letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-")
          || $0 == UInt8(ascii: "_")
      }
  }
}
