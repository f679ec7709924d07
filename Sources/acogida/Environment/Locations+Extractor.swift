import Extraction
import Forms
import Foundation

extension Locations {
  /// An extractor for a form with the gazetteers and the language pack of this installation.
  ///
  /// - Parameter language: ISO 639-1 code of the talk; a language without a pack is read with the Spanish one.
  func extractor(_ form: FormDefinition, language: String) throws -> IntakeExtractor {
    let packs = assets.appendingPathComponent("languages")
    let wanted = packs.appendingPathComponent(language)
    let folder =
      FileManager.default.fileExists(atPath: wanted.path)
      ? wanted : packs.appendingPathComponent("es")
    do {
      return IntakeExtractor(
        form: form, gazetteers: Gazetteers(folder: assets.appendingPathComponent("gazetteers")),
        pack: try LanguagePack(folder: folder, form: form), today: CalendarDate.today())
    } catch {
      throw Failure(error, folder: folder)
    }
  }
}

extension CalendarDate {
  /// The day by the system's clock and time zone.
  static func today() -> CalendarDate {
    let parts = Calendar(identifier: .gregorian).dateComponents(
      [.year, .month, .day], from: Date())
    let date = CalendarDate(
      year: parts.year ?? 2000, month: parts.month ?? 1, day: parts.day ?? 1)
    return date ?? CalendarDate.first
  }
}
