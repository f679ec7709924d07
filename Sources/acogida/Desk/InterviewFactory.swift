import Audio
import Desk
import Extraction
import Forms
import Foundation
import Interview
import Messages
import Store
import Transcription

/// Makes what an interview needs: for a new one, or for a draft as it stands.
struct InterviewFactory: Sendable {
  let locations: Locations
  let configuration: Configuration
  let catalogue: Catalogue
  let data: StageData
  /// The form of new interviews, with the vocabularies that come with the program.
  let form: FormDefinition
  let engine: EngineConfiguration
  /// Languages spoken, as shown.
  let languages: String
  /// Opens the microphone; nil where the technician only types.
  let microphone: (@Sendable () throws -> any AudioSource)?

  /// A new interview at the microphone.
  func new() throws -> DeskSession.Setting {
    try setting(source: microphone, isMicrophone: microphone != nil)
  }

  /// A draft, to go on at the microphone with the form it was begun with.
  ///
  /// - Throws: ``StoreError``.
  func draft(_ id: String) async throws -> DeskSession.Setting {
    let data = data
    let reading = try await Task.detached { try data.drafts.events(of: id) }.value
    return try resume(id, reading, source: microphone, isMicrophone: microphone != nil)
  }

  /// An interview that goes on.
  ///
  /// - Parameter source: opens the sound; nil means typing only.
  func resume(
    _ id: String, _ reading: JournalReading<StampedEvent>,
    source: (@Sendable () throws -> any AudioSource)?, isMicrophone: Bool
  ) throws -> DeskSession.Setting {
    let header = InterviewState(events: reading.records).header
    return try setting(
      source: source, isMicrophone: isMicrophone, id: id, header: header, reading: reading)
  }

  /// What an interview needs.
  ///
  /// - Parameters:
  ///   - source: opens the sound; nil means typing only.
  ///   - isMicrophone: whether that is a microphone and not a recording.
  ///   - id: of a draft; a new interview gets one of its own.
  ///   - header: of a draft; nil when that part of its journal is damaged.
  ///   - reading: what happened in it so far.
  func setting(
    source: (@Sendable () throws -> any AudioSource)?, isMicrophone: Bool, id: String? = nil,
    header: InterviewHeader? = nil, reading: JournalReading<StampedEvent>? = nil
  ) throws -> DeskSession.Setting {
    let form = header.flatMap { self.form(named: $0.form) } ?? form
    let header =
      header
      ?? InterviewHeader(
        id: id ?? UUID().uuidString.lowercased(), form: form.id, formVersion: form.version,
        stage: configuration.stage,
        language: engine.languages.count == 1 ? engine.languages[0] : "",
        technician: configuration.technician,
        source: source == nil ? .typed : isMicrophone ? .microphone : .recording,
        office: configuration.office.isEmpty ? nil : configuration.office)
    let (configuration, data) = (configuration, data)
    let extractor = try locations.extractor(
      form.withoutBuiltInVocabularies, languages: engine.languages)
    return DeskSession.Setting(
      data: data, form: form, header: header, events: reading?.records ?? [], loss: reading?.loss,
      extractor: extractor,
      tone: configuration.keepsTone ? locations.tone(of: engine.languages) : nil, engine: engine,
      catalogue: catalogue, playbackDevice: configuration.playbackDevice, source: source,
      unsent: { (try? configuration.unsent(in: data)) ?? 0 }, isMicrophone: isMicrophone,
      technician: configuration.technician,
      missingPack: locations.packChoice(engine.languages).missing,
      missingData: locations.missingData(in: extractor.gazetteers))
  }

  /// How the desk shows an interview that was opened.
  func opened(_ setting: DeskSession.Setting) -> OpenedInterview {
    OpenedInterview(
      form: setting.form, interview: InterviewState(events: setting.events), language: languages,
      today: Clock.today, hasSound: setting.source != nil)
  }

  /// The form of that name, where it is known here.
  func form(named name: String) -> FormDefinition? {
    if name == form.id { return form }
    return try? FormFile.load(locations.form(name)).adding(locations.vocabularies())
  }
}

extension Locations {
  /// The vocabularies that come with the program, in all the languages there are.
  func vocabularies() -> [Vocabulary] {
    let files = ["iso:countries": "countries.tsv", "iso:languages": "languages.tsv"]
    return files.map { name, file in
      var tables: [String: String] = [:]
      for language in Catalogue.languages {
        let path = assets.appendingPathComponent("languages/\(language)/\(file)")
        tables[language] = try? String(contentsOf: path, encoding: .utf8)
      }
      return Vocabulary(name: name, tables: tables)
    }
  }
}
