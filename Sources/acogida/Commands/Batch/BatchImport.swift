import Audio
import Desk
import Extraction
import Forms
import Foundation
import Interview
import Messages
import Store
import Transcription

/// Turns transcribed recordings into drafts with what extraction reads from them, ready for review at the desk.
///
/// Nobody has been asked for consent here: the desk asks when the draft is opened.
struct BatchImport: Sendable {
  private let context: StoreContext
  private let data: StageData
  private let form: FormDefinition
  private let definition: FormDefinition

  /// ISO 639-1 codes of what is spoken.
  private let languages: [String]

  init(_ context: StoreContext, languages: [String]) throws {
    self.languages = languages
    self.context = context
    data = try context.open(.working)
    definition = try context.form(nil)
    form = definition.adding(context.locations.vocabularies())
  }

  /// Makes a draft of a recording.
  func add(_ item: RecordingItem, _ heard: BatchWorker.Heard) async throws {
    let (configuration, catalogue) = (context.configuration, context.catalogue)
    let id = UUID().uuidString.lowercased()
    let header = InterviewHeader(
      id: id, form: form.id, formVersion: form.version, stage: configuration.stage,
      language: languages.count == 1 ? languages[0] : "",
      technician: configuration.technician, source: .recording,
      office: configuration.office.isEmpty ? nil : configuration.office)
    var extractor = try context.locations.extractor(definition, languages: languages)
    var events: [InterviewEvent] = [.began(header)]
    for event in heard.segments {
      let segment = TranscriptSegment(
        id: event.segment, start: event.start, end: event.end, text: event.text,
        speaker: event.speaker)
      events.append(.settled(segment))
      extractor.add(segment)
    }
    let candidates = extractor.candidates.values.sorted { $0.field < $1.field }
    if !candidates.isEmpty { events.append(.heard(candidates: candidates, withdrawn: [])) }
    let now = Clock.now
    let journal = try data.drafts.journal(for: id, at: now)
    try await journal.append(
      events.enumerated().map {
        StampedEvent(sequence: $0, time: now, elapsed: Int64($0), event: $1)
      })
    try await journal.close()
    try await keepSound(of: item.path, in: id)
    StandardError.write(
      catalogue.text("transcribe.imported", ["path": item.path, "id": String(id.prefix(8))]) + "\n")
  }

  /// The sound belongs to the draft, so that words can be heard again.
  private func keepSound(of path: String, in id: String) async throws {
    let spool = try data.drafts.audio(for: id)
    for try await event in try FileSource(path: path, pace: .fast).start() {
      guard case .frame(let frame) = event else { continue }
      try await spool.append(position: frame.position, samples: frame.samples)
    }
    try await spool.close()
  }
}
