import Foundation
import Recognizer
import Speakers
import Store
import Transcription

/// The technician's voice print of a stage.
enum EnrolledVoice {
  /// The print; nil where none is enrolled.
  static func read(_ context: StoreContext) throws -> VoicePrint? {
    let directory = try context.directory()
    guard FileManager.default.fileExists(atPath: directory.voice) else { return nil }
    return try read(context.open(.reading))
  }

  /// The print in data that are open.
  static func read(_ data: StageData) throws -> VoicePrint? {
    guard let bytes = try data.voice() else { return nil }
    return try? JSONDecoder().decode(VoicePrint.self, from: Data(bytes))
  }
}

extension Locations {
  /// The file of the speaker model.
  ///
  /// - Throws: ``EngineFailure/modelMissing(path:)``.
  func voiceModel() throws(EngineFailure) -> String {
    let path = bundledModel.appendingPathComponent(VoicePrinter.fileName).path
    guard FileManager.default.fileExists(atPath: path) else { throw .modelMissing(path: path) }
    return path
  }
}
