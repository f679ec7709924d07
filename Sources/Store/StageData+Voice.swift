import Foundation
import Vault

// The technician's voice print: one a stage, sealed with the stage's key.
//
// A voice print can tell who somebody is. It is kept only where the technician asked for it, and goes with one command; it is sealed
// anew when the stage gets a new key.
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
      try StageData.write(bytes, under: keys.stage, to: directory.voice)
    }
  }

  /// Seals the print anew; one that can't be opened any more is left behind.
  func resealVoice(under key: DataKey, to path: String) throws {
    try Folder.remove(path)
    guard let bytes = try? voice() else { return }
    try StageData.write(bytes, under: key, to: path)
  }

  private static func write(_ bytes: [UInt8], under key: DataKey, to path: String) throws {
    let sealed = try key.cipher(for: .voice).seal(bytes, context: place)
    try WholeFile.write(sealed, to: path)
  }

  /// Removes the print; false where there was none.
  public func removeVoice() -> Bool { unlink(directory.voice) == 0 }
}
