import Messages
import Terminal

// Export and synchronisation from the first screen: asked for, watched, cancelled.
extension DeskState {
  /// Asks where an export is to go.
  mutating func askForExport() -> [DeskEffect] {
    guard work == nil else { return say("work.busy") }
    let name = "~/acogida-\(stage)-\(home.lists?.day ?? today).csv"
    view = .exporting(Exporting(editor: LineEditor(name)))
    return []
  }

  /// Begins the export; a file that is there is replaced only when it is asked for twice.
  mutating func keep(_ exporting: Exporting) -> [DeskEffect] {
    let path = exporting.editor.text
    guard !path.allSatisfy(\.isWhitespace) else { return cancel() }
    view = .home
    work = LongWork(.export)
    return [.export(ExportRequest(path: path, replaces: path == exporting.taken))]
  }

  /// There is a file of that name.
  mutating func exportIsTaken(_ request: ExportRequest) {
    work = nil
    // Whoever does something else by now is told, and nothing else is lost.
    guard view == .home else {
      notice = Notice(catalogue.text("export.taken", ["path": request.path]), .problem)
      return
    }
    view = .exporting(Exporting(editor: LineEditor(request.path), taken: request.path))
  }

  mutating func send() -> [DeskEffect] {
    guard work == nil else { return say("work.busy") }
    guard home.lists?.hasTarget == true else { return say("work.noTarget") }
    work = LongWork(.sync, total: home.lists?.unsent ?? 0)
    return [.sync]
  }

  mutating func cancelWork() -> [DeskEffect] {
    guard let work, !work.isCancelling else { return [] }
    self.work?.isCancelling = true
    return [.cancelWork]
  }

  /// How far the work is; nothing when it has ended meanwhile.
  mutating func take(_ progress: LongWork) {
    guard let work, work.kind == progress.kind else { return }
    self.work?.done = progress.done
    self.work?.total = progress.total
  }

  /// The work is over.
  mutating func workEnded(_ result: Notice) {
    work = nil
    notice = result
  }

  /// To the format above or below.
  mutating func moveFormat(_ step: Int) {
    guard case .exporting(var exporting) = view else { return }
    let formats = ExportRequest.Format.allCases
    let index = (formats.firstIndex(of: exporting.format) ?? 0) + step
    exporting.choose(formats[max(0, min(formats.count - 1, index))])
    view = .exporting(exporting)
  }
}
