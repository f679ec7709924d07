import Extraction
import Forms
import Foundation

extension Locations {
  /// An extractor for a form with the gazetteers and the language pack of this installation.
  ///
  /// - Parameter language: ISO 639-1 code of the talk; a language without a pack is read with the Spanish one.
  func extractor(_ form: FormDefinition, language: String) throws -> IntakeExtractor {
    IntakeExtractor(
      form: form, gazetteers: Gazetteers(folder: assets.appendingPathComponent("gazetteers")),
      pack: try pack(form, language: language), today: CalendarDate(iso: Clock.today) ?? .first)
  }

  /// The language pack that reads a talk in that language into a form.
  func pack(_ form: FormDefinition, language: String) throws -> LanguagePack {
    let packs = assets.appendingPathComponent("languages")
    let wanted = packs.appendingPathComponent(language)
    let folder =
      FileManager.default.fileExists(atPath: wanted.path)
      ? wanted : packs.appendingPathComponent("es")
    do {
      return try LanguagePack(folder: folder, form: form)
    } catch {
      throw Failure(error, folder: folder)
    }
  }
}
