import Foundation
import Vault

// The technician's voice print: one a stage, sealed with the stage's key.
//
// A voice print can tell who somebody is. It is kept only where the technician asked for it, and goes with one command; a new key of
// the stage makes it unreadable, and it has to be enrolled again.
extension StageData {
  private static let place = SealContext(table: "file", row: "voice", purpose: "technician")

  /// The bytes of the print; nil where none is enrolled.
  ///
  /// - Throws: ``StoreError``.
  public func voice() throws(StoreError) -> [UInt8]? {
    guard let sealed = FileManager.default.contents(atPath: directory.voice) else { return nil }
    return try StoreError.naming(directory.voice) {
      try keys.stage.cipher(for: .voice).open(Array(sealed), context: StageData.place)
    }
  }

  /// Keeps a print in the place of an earlier one.
  ///
  /// - Throws: ``StoreError``.
  public func keepVoice(_ bytes: [UInt8]) throws(StoreError) {
    try StoreError.naming(directory.voice) {
      let sealed = try keys.stage.cipher(for: .voice).seal(bytes, context: StageData.place)
      try Data(sealed).write(to: URL(fileURLWithPath: directory.voice), options: .atomic)
      chmod(directory.voice, 0o600)
    }
  }

  /// Removes the print; false where there was none.
  public func removeVoice() -> Bool { unlink(directory.voice) == 0 }
}
