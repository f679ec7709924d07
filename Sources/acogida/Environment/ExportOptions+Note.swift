import Exchange
import Forms
import Store

extension ExportOptions {
  /// Notes what a finished export has written; one that leaves out who the people are counts for nothing.
  ///
  /// That it can't be noted, on a disk that is read only, is no reason to call the export failed.
  func noteComplete(_ report: ExportReport, form: FormDefinition, in data: StageData) {
    guard !withoutIdentity, !hxl, report.submissions > 0 else { return }
    var filter = filter
    filter.form = form.id
    try? data.noteExported(filter, last: report.last)
  }
}
