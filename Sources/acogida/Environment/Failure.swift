import Audio
import Extraction
import Forms
import Foundation
import Messages
import Recognizer
import Store
import Terminal
import Transcription
import Vault

/// An error on its way to a person: a catalogue key with values, and the exit code.
struct Failure: Error, Hashable, Sendable {
  /// Key of the sentence.
  let key: String
  /// Values for its placeholders; never personal data.
  let values: [String: String]
  /// 1 failed, 2 wrong state, 64 usage.
  let exitCode: Int32

  init(key: String, _ values: [String: String] = [:], exitCode: Int32 = 1) {
    self.key = key
    self.values = values
    self.exitCode = exitCode
  }

  /// The sentence.
  func text(_ catalogue: Catalogue) -> String {
    var values = values.mapValues { Visible.text($0) }
    if let problem = values["problem"], catalogue.has("problem.\(problem)") {
      values["problem"] = catalogue.text("problem.\(problem)", values)
    }
    if let reason = values["reason"], catalogue.has("reason.\(reason)") {
      values["reason"] = catalogue.text("reason.\(reason)", values)
    }
    return catalogue.text(key, values)
  }

  /// A mistake in a TOML file.
  init(_ error: DefinitionError, path: String) {
    let (problem, detail) = Failure.problem(error.problem)
    self.init(
      key: "error.definition",
      [
        "path": path, "line": String(error.line), "problem": problem, "name": detail.0,
        "range": detail.1, "value": detail.1,
      ])
  }

  /// A mistake in a language pack.
  init(_ error: LanguagePackError, folder: URL) {
    let (problem, detail) =
      switch error.problem {
      case .unreadable: ("unreadablePack", "")
      case .notUTF8: ("notUTF8", "")
      case .emptyFile: ("emptyFile", "")
      case .emptySection(let text): ("emptySection", text)
      case .unknownCode(let text): ("unknownCode", text)
      case .unknownKind(let text): ("unknownKind", text)
      case .phraseOutsideSection: ("phraseOutsideSection", "")
      case .malformedPhrase(let text): ("malformedPhrase", text)
      case .tooFewColumns: ("tooFewColumns", "")
      case .damaged: ("damagedPack", "")
      }
    self.init(
      key: "error.definition",
      [
        "path": folder.appendingPathComponent(error.file).path, "line": String(error.line),
        "problem": problem, "name": detail, "range": "",
      ])
  }

  /// Runs something that reads a file and turns its error into a failure naming the file.
  static func reading<T>(_ path: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as Failure {
      throw error
    } catch {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      let reason = isFolder.boolValue ? reason(code: EISDIR) : reason(error)
      throw Failure(key: "error.file", ["path": path, "reason": reason])
    }
  }

  /// Turns a known error into a failure; nil leaves it to the command line library (usage errors, help).
  init?(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as AudioError: self.init(error)
    case let error as EngineFailure: self.init(error)
    case let error as StoreError: self.init(error)
    case let error as VaultError: self.init(error)
    default: return nil
    }
  }

  private init(_ error: AudioError) {
    switch error {
    case .cannotOpenDevice(let name, let reason):
      self.init(key: "error.device", ["device": name, "reason": reason], exitCode: 2)
    case .unsupportedFormat(let device, let reason):
      self.init(key: "error.deviceFormat", ["device": device, "reason": reason], exitCode: 2)
    case .cannotOpenFile(let path, let reason):
      self.init(key: "error.file", ["path": path, "reason": reason])
    case .notARecording(let path, let reason):
      self.init(key: "error.notRecording", ["path": path, "reason": reason])
    case .emptyRecording(let path):
      self.init(key: "error.emptyRecording", ["path": path])
    }
  }

  /// Why the recogniser doesn't work.
  init(_ error: EngineFailure) {
    switch error {
    case .modelMissing(let path) where path.hasSuffix(VoicePrinter.fileName):
      self.init(key: "error.speakerModelMissing", ["path": path], exitCode: 2)
    case .modelMissing(let path): self.init(key: "error.modelMissing", ["path": path], exitCode: 2)
    case .modelCorrupt(let path): self.init(key: "error.modelCorrupt", ["path": path], exitCode: 2)
    case .keepsDying: self.init(key: "error.engineDies")
    case .unreachable(let reason): self.init(key: "error.engineUnreachable", ["reason": reason])
    case .remote(let problem):
      self.init(
        key: "error.remoteEngine", ["reason": "remote.\(problem.rawValue)"],
        exitCode: problem.isTransient ? 1 : 2)
    }
  }

  private static func problem(
    _ problem: DefinitionError.Problem
  ) -> (key: String, detail: (String, String)) {
    switch problem {
    case .syntax(let text): ("syntax", (text, ""))
    case .missing(let name): ("missing", (name, ""))
    case .unknownKey(let name): ("unknownKey", (name, ""))
    case .wrongKind(let name): ("wrongKind", (name, ""))
    case .badName(let name): ("badName", (name, ""))
    case .duplicate(let name): ("duplicate", (name, ""))
    case .unknownType(let name): ("unknownType", (name, ""))
    case .unknownVocabulary(let name): ("unknownVocabulary", (name, ""))
    case .wrongType(let name, let type): ("wrongType", (name, type))
    case .choiceWithoutVocabulary(let name): ("choiceWithoutVocabulary", (name, ""))
    case .noFields: ("noFields", ("", ""))
    case .outOfRange(let name, let range): ("outOfRange", (name, range))
    case .unknownValue(let name, let value): ("unknownValue", (name, value))
    case .particular(let key, let name, let value): (key, (name, value))
    }
  }

  /// The system's short name for what went wrong, explained by the catalogue.
  static func reason(_ error: any Error) -> String {
    let bottom = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    if bottom.domain == NSPOSIXErrorDomain { return reason(code: Int32(bottom.code)) }
    // Foundation hides the system's number behind its own.
    switch (error as? CocoaError)?.code {
    case .fileNoSuchFile, .fileReadNoSuchFile: return reason(code: ENOENT)
    case .fileReadNoPermission, .fileWriteNoPermission: return reason(code: EACCES)
    case .fileWriteOutOfSpace: return reason(code: ENOSPC)
    default: return "unreadable"
    }
  }

  /// The short name of a system error number; the system's own words where the catalogue has none.
  static func reason(code: Int32) -> String {
    switch code {
    case ENOENT: "ENOENT"
    case EACCES, EPERM, EROFS: "EACCES"
    case EISDIR: "EISDIR"
    case ENOSPC, EDQUOT: "ENOSPC"
    case EPIPE: "EPIPE"
    default: String(cString: strerror(code))
    }
  }
}
