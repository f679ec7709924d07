import Extraction
import Forms
import Interview
import Messages
import Terminal

/// A submission to be read: every value, how it came about, the words behind it, and what was said.
enum RecordView {
  static func page(
    _ record: DeskState.SubmittedRecord, _ state: DeskState, _ size: Size
  ) -> ReadingView.Page {
    let submission = record.submission
    var lines: [[ReadingView.Part]] = []
    let width = min(26, size.columns * 2 / 5)
    for field in submission.fields where field.status != .empty {
      let definition = record.form?.field(field.name)
      let label = definition?.label.text(state.catalogue.language) ?? field.name.rawValue
      let style = FieldText.style(field.status)
      let value = field.value.map { value in
        definition.map { FieldText.text(value, $0, record.form ?? state.form, state.catalogue) }
          ?? value.displayText
      }
      let text = value ?? state.catalogue.text("state.\(field.status.rawValue)")
      let wrapped = Wrap.lines(text, columns: max(8, size.columns - width - 4))
      for (index, line) in wrapped.enumerated() {
        let head: [ReadingView.Part] =
          index > 0
          ? []
          : [
            (FieldText.mark(field.status), 1, style),
            (TextWidth.fit(label, width - 1), 3, .plain),
          ]
        lines.append(head + [(line, 3 + width, style)])
      }
    }
    lines.append([])
    for segment in submission.segments {
      let clock = TextWidth.pad(StatusLine.clock(Int(segment.start)), 7)
      let text = segment.speaker.map { "\($0): \(segment.text)" } ?? segment.text
      let wrapped = Wrap.lines(text, columns: max(8, size.columns - 10))
      for (index, line) in wrapped.enumerated() {
        lines.append((index == 0 ? [(clock, 1, .dim)] : []) + [(line, 8, .plain)])
      }
    }
    let title = state.catalogue.text(
      "record.title", ["time": record.time, "id": String(submission.id.prefix(8))])
    return ReadingView.Page(title: title, lines: lines)
  }
}
