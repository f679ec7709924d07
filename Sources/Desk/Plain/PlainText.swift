import Extraction
import Forms
import Interview
import Messages
import Terminal

/// The desk's state in words: whole lines, no signs that would have to be explained.
enum PlainText {
  /// A field: `campo Número de documento = 12345678Z (dudoso 41 %)`.
  static func field(_ field: FieldDefinition, _ state: DeskState, number: Int? = nil) -> String {
    let entry = state.interview.entry(field.name)
    let catalogue = state.catalogue
    var status = catalogue.text("state.\(entry.status.rawValue)")
    if entry.status == .empty, field.required { status = catalogue.text("state.missing") }
    if let candidate = entry.shownCandidate, !entry.status.isDecided {
      status += " \(Int((candidate.confidence * 100).rounded())) %"
    }
    let value = entry.value.map { FieldText.text($0, field, state) }
    let line = line(field.label.text(catalogue.language), value, status, catalogue)
    return number.map { "\($0). \(line)" } ?? line
  }

  /// What belongs to a field: a failed check, other readings, what contradicts it, the words it came from.
  static func details(_ field: FieldDefinition, _ state: DeskState) -> [String] {
    let entry = state.interview.entry(field.name)
    let catalogue = state.catalogue
    var lines: [String] = []
    if let check = entry.shownCandidate?.checks.first(where: { !$0.passed }) {
      lines.append(catalogue.text("check.\(check.name)"))
    }
    if let contested = entry.contested {
      let value = FieldText.text(contested.value, field, state)
      lines.append(catalogue.text("detail.contested", ["value": value]))
    }
    let others = entry.status.isDecided ? [] : entry.shownCandidate?.alternatives ?? []
    for (index, other) in others.prefix(9).enumerated() {
      let value = FieldText.text(other.value, field, state)
      lines.append(catalogue.text("plain.reading", ["n": String(index + 1), "value": value]))
    }
    if let evidence = entry.evidence.last {
      lines.append("«\(evidence.text)» " + StatusLine.clock(Int(evidence.start)))
    }
    return lines
  }

  /// A settled segment.
  static func segment(_ segment: TranscriptSegment) -> String {
    let speaker = segment.speaker.map { $0 + ": " } ?? ""
    return StatusLine.clock(Int(segment.start)) + " " + speaker + segment.text
  }

  /// How often words were said, and the lines in which they were.
  static func found(_ words: String, _ state: DeskState) -> [String] {
    let lines = state.interview.segments.filter { !TranscriptMatch.all(words, in: $0).isEmpty }
    return [state.catalogue.plural("plain.found", lines.count, ["words": words])]
      + lines.map(segment)
  }

  /// Where everything stands, in one line.
  static func status(_ state: DeskState) -> String {
    var parts = [StatusLine.words(state)] + StatusLine.troubles(state)
    if let engine = StatusLine.engine(state) { parts.append(engine) }
    if let work = state.work { parts.append(WorkView.short(work, state)) }
    parts += progress(state)
    parts.append(state.catalogue.text("status.stage", ["stage": state.stage]))
    return parts.joined(separator: "; ")
  }

  /// How much is answered, and what is open.
  static func progress(_ state: DeskState) -> [String] {
    let progress = Progress(state: state.interview, form: state.form)
    var parts = [
      state.catalogue.text(
        "plain.answered",
        ["answered": String(progress.answered), "total": String(progress.total)])
    ]
    if !progress.unconfirmed.isEmpty {
      parts.append(state.catalogue.plural("progress.unconfirmed", progress.unconfirmed.count))
    }
    if !progress.missing.isEmpty {
      let labels = progress.missing.compactMap {
        state.form.field($0)?.label.text(state.catalogue.language)
      }
      parts.append(
        state.catalogue.plural(
          "progress.missing", labels.count, ["fields": labels.joined(separator: ", ")]))
    }
    return parts
  }

  /// The commands that can be asked for now, each with its key and what it does.
  static func help(_ state: DeskState) -> [String] {
    let catalogue = state.catalogue
    var lines = PlainRequest.words(state).map { command in
      let keys = state.keys.keys(command.id).filter { $0.typed != nil || $0.modifiers == .control }
        .map(\.configurationName)
      let names = ([command.shown] + keys).joined(separator: ", ")
      return names + ": " + catalogue.text("command.\(command.id.rawValue)")
    }
    if state.context == .interview {
      lines += PlainRequest.Verb.allCases.map {
        catalogue.text("plain.verb.\($0.rawValue)") + ": "
          + catalogue.text("plain.verbHelp.\($0.rawValue)")
      }
      lines.append(catalogue.text("plain.setHelp"))
    }
    return lines
  }

  /// What a view asks or tells when it appears.
  static func view(_ state: DeskState) -> [String] {
    let catalogue = state.catalogue
    switch state.view {
    case .consent:
      // The last line of what the screen shows names keys that are not used here.
      let lines = ConsentView.text(state).split(separator: "\n").map(String.init).dropLast()
      return [catalogue.text("consent.title")] + lines + answers(state) + choices(state)
    case .home: return home(state) + choices(state)
    case .record(let record): return read(record, state) + [catalogue.text("plain.close")]
    case .dashboard(let numbers):
      let close = numbers == nil ? [] : [catalogue.text("plain.close")]
      return DashboardView.text(numbers, state) + close
    case .prompt(let prompt) where prompt.purpose == .transcript:
      return [catalogue.text("plain.searchTranscript")]
    case .prompt where state.view.isAskingReason: return [catalogue.text("plain.reason")]
    case .prompt(let prompt):
      if case .voiceName(let label) = prompt.purpose {
        return [catalogue.text("voice.name", ["voice": label])]
      }
      return [catalogue.text("plain.search")]
    case .exporting(let exporting): return export(exporting, state)
    case .duplicates: return duplicates(state)
    case .interview: return []
    case .editing(let editing): return prompt(editing, state)
    case .confirmSubmit: return question(Dialogs.submitText(state), state)
    case .confirmQuit: return question(Dialogs.quitText(state), state)
    case .confirmDiscard(let entry): return question(Dialogs.discardText(entry, state), state)
    case .receipt(let id):
      return [
        catalogue.text("receipt.title"), catalogue.text("receipt.saved"), id,
        catalogue.text("plain.close"),
      ]
    case .help: return help(state)
    }
  }

  /// Earlier submissions that may be of the same person, each with its number, and what may be answered.
  private static func duplicates(_ state: DeskState) -> [String] {
    let (title, lines) = DuplicateView.text(state)
    var all = [title] + lines + answers(state)
    if case .duplicates(let question) = state.view, state.duplicateEntries.count > 1 {
      all.append(
        state.catalogue.text("plain.duplicateFocus", ["n": String(question.focus + 1)]))
    }
    return all + choices(state)
  }

  private static func question(
    _ text: (title: String, lines: [String]), _ state: DeskState
  ) -> [String] {
    [text.title] + text.lines.dropLast() + choices(state)
  }

  /// The interviews of the first screen, each with the number by which it is chosen.
  static func home(_ state: DeskState) -> [String] {
    guard state.home.lists != nil else { return [state.catalogue.text("home.reading")] }
    var lines: [String] = []
    if let search = state.home.search {
      lines.append(
        state.catalogue.plural("home.found", search.found.count, ["words": search.query]))
    } else if state.home.entries.isEmpty {
      lines.append(state.catalogue.text("home.nothingToOpen"))
    }
    return lines
      + state.home.entries.enumerated().map { index, item in
        entry(item, state, number: index + 1)
      }
  }

  /// An interview of the first screen.
  static func entry(_ entry: HomeState.Entry, _ state: DeskState, number: Int) -> String {
    let name = entry.name ?? state.catalogue.text("home.noName")
    let details = HomeView.details(entry, state, isLong: true)
    return "\(number). \(name); \(entry.day) \(entry.time); \(details)"
  }

  /// A submission: every value with how it came about, and what was said.
  private static func read(_ record: DeskState.SubmittedRecord, _ state: DeskState) -> [String] {
    let submission = record.submission
    let catalogue = state.catalogue
    let title = catalogue.text(
      "record.title", ["time": record.time, "id": String(submission.id.prefix(8))])
    let fields = submission.fields.filter { $0.status != .empty }.map { field in
      let definition = record.form?.field(field.name)
      let value = field.value.map { value in
        definition.map { FieldText.text(value, $0, record.form ?? state.form, catalogue) }
          ?? value.displayText
      }
      let label = definition?.label.text(catalogue.language) ?? field.name.rawValue
      let word = catalogue.text("state.\(field.status.rawValue)")
      return PlainText.line(label, value, word, catalogue)
    }
    return [title] + fields + submission.segments.map(segment)
  }

  /// A label with its value and its state.
  private static func line(
    _ label: String, _ value: String?, _ state: String, _ catalogue: Catalogue
  ) -> String {
    catalogue.text(
      value == nil ? "plain.emptyField" : "plain.field",
      ["label": label, "value": value ?? "", "state": state])
  }

  /// Where an export is to go.
  private static func export(_ exporting: DeskState.Exporting, _ state: DeskState) -> [String] {
    let notes = WorkView.notes(exporting, state)
    let formats = DeskState.ExportRequest.Format.allCases.map {
      state.catalogue.text("export.\($0.rawValue)")
    }
    return (exporting.taken == nil ? formats : []) + notes
      + [state.catalogue.text("plain.export", ["path": exporting.editor.text])]
  }

  /// What each answer to the question means.
  private static func answers(_ state: DeskState) -> [String] {
    PlainRequest.words(state).filter { !isEverywhere($0.id) }.map {
      $0.shown + ": " + state.catalogue.text("command.\($0.id.rawValue)")
    }
  }

  private static func isEverywhere(_ id: Command.ID) -> Bool {
    Command.table.first { $0.id == id }?.context == .everywhere
  }

  /// What may be answered: `sí (s), solo escribir (t), no (n)`.
  static func choices(_ state: DeskState) -> [String] {
    let words = PlainRequest.words(state).filter { !isEverywhere($0.id) || $0.id == .quit }
      .map { word in
        let key = state.keys.keys(word.id).first { $0.typed != nil }
        return word.shown + (key.map { " (\($0.configurationName))" } ?? "")
      }
    return [state.catalogue.text("plain.choices", ["words": words.joined(separator: ", ")])]
  }

  /// What is asked for while a field is written.
  static func prompt(_ editing: DeskState.Editing, _ state: DeskState) -> [String] {
    guard let field = state.field else { return [] }
    let label = field.label.text(state.catalogue.language)
    var lines: [String] = []
    if let problem = editing.problem {
      lines.append(state.catalogue.text("input.\(problem.rawValue)"))
    }
    let entries = state.form.vocabulary(of: field)?.entries ?? []
    if editing.problem == nil, !entries.isEmpty {
      lines.append(
        entries.map { $0.label.text(state.catalogue.language) }.joined(separator: ", "))
    }
    let now = state.interview.entry(field.name).value.map { FieldText.text($0, field, state) }
    let mayBeKept = editing.problem?.mayBeKept == true
    let key = mayBeKept ? "plain.insist" : now == nil ? "plain.write" : "plain.rewrite"
    lines.append(state.catalogue.text(key, ["label": label, "value": now ?? ""]))
    return lines
  }
}
