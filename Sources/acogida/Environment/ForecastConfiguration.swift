import Analytics
import Forecast
import Forms
import Foundation

/// The section `[forecast]` of the configuration: the calendar and the kinds of staff.
struct ForecastConfiguration: Hashable, Sendable {
  /// The region whose holidays count; empty for the national ones alone.
  var region = ""
  /// File of closed days and campaigns; empty for none.
  var calendarFile = ""
  /// Whether the holidays of Spain count.
  var holidays = true
  /// Days ahead.
  var horizon = 14
  /// Kinds of staff in the order of the file.
  var staff: [StaffKind] = []

  /// The keys of `[[forecast.staff]]`, for the manual.
  static let staffKeys: [(name: String, kind: ConfigurationKey.Kind)] = [
    ("name", .text), ("needs", .list), ("per_day", .number),
  ]

  /// Reads `[[forecast.staff]]`.
  mutating func readStaff(_ section: TOMLNode) throws(DefinitionError) {
    for node in try section.tables("staff", header: "[[forecast.staff]]") {
      try node.allow(Set(Self.staffKeys.map(\.name)))
      let name = try node.name("name")
      guard !staff.contains(where: { $0.name == name }) else {
        throw node.error("name", .duplicate(name))
      }
      guard let perDay = try node.integer("per_day", in: 1...10_000) else {
        throw DefinitionError(line: node.line, problem: .missing("per_day"))
      }
      staff.append(
        StaffKind(name: name, needs: try node.texts("needs") ?? [], perDay: Double(perDay)))
    }
  }

  /// The kinds of staff as a file has them.
  var staffTOML: [String] {
    staff.map { kind in
      """
      [[forecast.staff]]
      name = \(TOMLText.quote(kind.name))
      needs = \(TOMLText.list(kind.needs))
      per_day = \(Int(kind.perDay))

      """
    }
  }

  /// Refuses needs of staff that the form does not have: nobody would ever be counted for them.
  func check(_ form: FormDefinition) throws(Failure) {
    guard let field = form.field("needs"), let vocabulary = form.vocabulary(of: field) else {
      return
    }
    for kind in staff {
      for need in kind.needs where vocabulary.entry(need) == nil {
        throw Failure(
          key: "error.staffNeed",
          [
            "name": kind.name, "need": need,
            "known": vocabulary.entries.map(\.code).joined(separator: ", "),
          ], exitCode: 2)
      }
    }
  }

  /// The calendar; a relative path of its file is looked for beside `config.toml`.
  ///
  /// - Throws: ``Failure`` for a file that can't be read or has a mistake, with its line.
  func calendar(_ locations: Locations) throws -> DemandCalendar {
    var calendar = DemandCalendar(region: region.isEmpty ? nil : region, computes: holidays)
    guard !calendarFile.isEmpty else { return calendar }
    let path = URL(fileURLWithPath: calendarFile, relativeTo: locations.configuration).path
    let text = try Failure.reading(path) {
      try String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)
    }
    do throws(DemandCalendar.Mistake) { try calendar.read(csv: text) } catch {
      throw Failure(
        key: "error.calendar",
        [
          "path": path, "line": String(error.line), "problem": "calendar.\(error.problem.rawValue)",
        ])
    }
    return calendar
  }
}
