import Extraction
import Forms
import Foundation

/// Which language pack reads a talk.
struct PackChoice: Hashable, Sendable {
  /// ISO 639-1 code of the pack.
  let code: String
  /// The language that was asked for and has no pack, so that somebody is told; nil when it has one.
  let missing: String?
}

extension Locations {
  private static let substitute = "es"

  /// The pack for a talk: that of the first language spoken that has one, else the Spanish one.
  ///
  /// - Parameter spoken: ISO 639-1 codes; none when the recogniser finds the language out.
  func packChoice(_ spoken: [String]) -> PackChoice {
    let installed = spoken.first { code in
      FileManager.default.fileExists(atPath: packFolder(code).path)
    }
    return PackChoice(
      code: installed ?? Self.substitute, missing: installed == nil ? spoken.first : nil)
  }

  /// Names and places of this installation.
  var gazetteers: Gazetteers { Gazetteers(folder: gazetteerFolder) }

  private var gazetteerFolder: URL { assets.appendingPathComponent("gazetteers") }

  /// Arguments of the notice that tables of these are missing; nil when all are there.
  func missingData(in gazetteers: Gazetteers) -> [String: String]? {
    let missing = gazetteers.missing
    guard !missing.isEmpty else { return nil }
    return ["folder": gazetteerFolder.path, "files": missing.joined(separator: ", ")]
  }

  /// An extractor for a form with the gazetteers and the language pack of this installation.
  ///
  /// - Parameter languages: ISO 639-1 codes of the talk; see ``packChoice(_:)``.
  func extractor(_ form: FormDefinition, languages: [String]) throws -> IntakeExtractor {
    IntakeExtractor(
      form: form, gazetteers: gazetteers,
      pack: try pack(form, languages: languages), today: CalendarDate(iso: Clock.today) ?? .first)
  }

  /// The language pack that reads a talk in those languages into a form.
  func pack(_ form: FormDefinition, languages: [String]) throws -> LanguagePack {
    let folder = packFolder(packChoice(languages).code)
    do {
      return try LanguagePack(folder: folder, form: form)
    } catch {
      throw Failure(error, folder: folder)
    }
  }

  private func packFolder(_ code: String) -> URL {
    assets.appendingPathComponent("languages").appendingPathComponent(code)
  }
}
