import Extraction
import Forms
import Interview
import Messages
import Terminal

/// The row above the key bar: a message, the words looked for, or what is left to do.
enum NoticeLine {
  static func draw(_ state: DeskState, _ rect: Rect, _ surface: inout Surface) {
    if let notice = state.notice {
      return draw(notice, state.noticeLines(columns: rect.columns), rect, &surface)
    }
    if state.view == .consent, let consent = state.interview.consent {
      let text = answered(consent, state)
      surface.put(TextWidth.fit(text, rect.columns), row: rect.row, column: 0, style: .dim)
    }
    if case .home = state.view { return drawHome(state, rect, &surface) }
    guard state.view.isInterview, state.interview.header != nil || state.interview.consent != nil
    else { return }
    let text = state.reading.search.map { found($0, state) } ?? progress(state)
    surface.put(TextWidth.fit(text, rect.columns), row: rect.row, column: 0, style: .dim)
  }

  /// The first screen: the work under way, else what still waits to leave the machine.
  private static func drawHome(_ state: DeskState, _ rect: Rect, _ surface: inout Surface) {
    if let work = state.work {
      let line = WorkView.line(work, state, columns: rect.columns)
      surface.put(line, row: rect.row, column: 0, style: .bold)
    } else if let waiting = WorkView.waiting(state) {
      surface.put(TextWidth.fit(waiting, rect.columns - 1), row: rect.row, column: 1, style: .dim)
    }
  }

  /// The line in which words to look for are written.
  static func draw(
    _ prompt: DeskState.Prompt, _ state: DeskState, _ rect: Rect, _ surface: inout Surface
  ) {
    let isReason = state.view.isAskingReason
    // An empty reason is answered with a message: it stands where the hint would.
    let sign = sign(prompt, isReason, state)
    let start = TextWidth.of(sign)
    let hint =
      isReason
      ? state.notice?.text ?? state.catalogue.text("duplicates.reasonHint")
      : prompt.purpose == .home ? state.catalogue.text("home.searchHint") : ""
    surface.put(sign, row: rect.row, column: 0, style: .bold)
    let (text, cursor) = prompt.editor.window(columns: rect.columns - start - 1)
    surface.put(text, row: rect.row, column: start, style: .bold)
    if prompt.editor.text.isEmpty {
      surface.put(
        TextWidth.fit(hint, rect.columns - start - 3), row: rect.row, column: start + 2, style: .dim
      )
    }
    surface.cursor = Point(row: rect.row, column: start + cursor)
  }

  /// What stands before the line.
  private static func sign(
    _ prompt: DeskState.Prompt, _ isReason: Bool, _ state: DeskState
  ) -> String {
    if case .voiceName(let label) = prompt.purpose {
      return state.catalogue.text("voice.name", ["voice": label]) + " "
    }
    return isReason ? state.catalogue.text("duplicates.reason") + " " : "/"
  }

  private static func draw(
    _ notice: DeskState.Notice, _ lines: [String], _ rect: Rect, _ surface: inout Surface
  ) {
    let style = notice.weight == .problem ? Style(.red, on: .standard, .bold) : Style(.cyan)
    for (index, line) in lines.prefix(rect.rows).enumerated() {
      let isCut = index == rect.rows - 1 && lines.count > rect.rows
      surface.put(
        TextWidth.fit(isCut ? line + " " + lines[index + 1] : line, rect.columns),
        row: rect.row + index, column: 0, style: style)
    }
  }

  /// What the person answered before, when they are asked again.
  private static func answered(_ consent: Consent, _ state: DeskState) -> String {
    let word = { (flag: Bool) in state.catalogue.text(flag ? "value.yes" : "value.no") }
    return state.catalogue.text(
      "consent.now", ["data": word(consent.data), "recording": word(consent.recording)])
  }

  private static func found(_ search: DeskState.TranscriptSearch, _ state: DeskState) -> String {
    guard search.count > 0 else {
      return state.catalogue.text("search.nothing", ["words": search.query])
    }
    return state.catalogue.text(
      "search.match",
      ["words": search.query, "number": String(search.number), "count": String(search.count)])
  }

  /// What is left to do, and what nobody has asked yet.
  private static func progress(_ state: DeskState) -> String {
    let progress = Progress(state: state.interview, form: state.form)
    var parts = state.isReviewing ? [state.catalogue.text("progress.review")] : []
    let waiting = state.undecidedDuplicates.count
    if waiting > 0 {
      let key = state.keys.keys(.duplicates).first.map(Command.name) ?? ""
      parts.append(state.catalogue.plural("progress.duplicates", waiting, ["key": key]))
    }
    parts.append(
      state.catalogue.text(
        "progress.answered",
        ["answered": String(progress.answered), "total": String(progress.total)]))
    if !progress.unconfirmed.isEmpty {
      parts.append(state.catalogue.plural("progress.unconfirmed", progress.unconfirmed.count))
    }
    // While the talk is on: what can still be asked, apart from what was asked in vain.
    let asked = state.isReviewing ? nil : state.asked
    let unasked = progress.missing.filter { asked?.contains($0) == false }
    let missing = progress.missing.filter { asked?.contains($0) != false }
    if !missing.isEmpty {
      parts.append(
        state.catalogue.plural(
          "progress.missing", missing.count, ["fields": labels(missing, state)]))
    }
    if !unasked.isEmpty {
      parts.append(state.catalogue.text("progress.ask", ["fields": labels(unasked, state)]))
    }
    return parts.joined(separator: " · ")
  }

  /// The first labels; a sign where there are more.
  private static func labels(_ fields: [FieldName], _ state: DeskState) -> String {
    let labels = fields.compactMap { state.form.field($0)?.label.text(state.catalogue.language) }
    return labels.prefix(2).joined(separator: ", ") + (labels.count > 2 ? ", …" : "")
  }
}
