import Foundation
import Speakers
import Tone
import Transcription

/// A folder of transcripts that `acogida transcribe` wrote: meetings with id, category and date.
struct MeetingFolder {
  let path: String

  /// The table of participants beside the transcripts: `meeting,speaker,role,group`.
  static let participants = "participants.csv"

  /// Every meeting that was analysed, in order of date.
  ///
  /// - Throws: ``Failure`` for a folder in which nothing was analysed, and for a list of participants with a mistake.
  func talks() throws -> [Talk] {
    let entries = BatchLedger.read(path)
    guard !entries.isEmpty else {
      throw Failure(key: "error.noMeetings", ["path": path], exitCode: 2)
    }
    let table = try ParticipantTable(path: "\(path)/\(MeetingFolder.participants)")
    return entries.values.map { talk($0, table) }.sorted { ($0.date, $0.id) < ($1.date, $1.id) }
  }

  private func talk(_ entry: BatchLedger.Entry, _ table: ParticipantTable) -> Talk {
    let base = "\(path)/\(entry.recording)"
    let turns = MeetingFolder.turns("\(base).json")
    let marks = (try? String(contentsOfFile: "\(base).rttm", encoding: .utf8)).map(RTTM.spans)
    let spans = marks ?? Talk.spans(turns)
    let category = (entry.recording as NSString).deletingLastPathComponent
    var talk = Talk(
      id: entry.recording, category: category.isEmpty ? "." : category,
      date: String(entry.recorded.prefix(10)), analysed: entry.analysed, spans: spans,
      seconds: entry.seconds, turns: turns, people: Talk.roles(turns))
    for label in Set(spans.map(\.speaker)) {
      let known = talk.people[label] ?? Talk.Participant()
      talk.people[label] = table.participant(label, in: entry.recording, known)
      talk.people[label]?.pitch = entry.pitch?[label]
    }
    return talk
  }

  private struct Line: Decodable {
    let start: Double
    let end: Double
    let text: String
    let speaker: String?
    let tone: ToneReading?
  }

  private static func turns(_ path: String) -> [Talk.Turn] {
    let text = try? String(contentsOfFile: path, encoding: .utf8)
    return (text ?? "").split(separator: "\n").compactMap { line in
      guard let line = try? JSONDecoder().decode(Line.self, from: Data(line.utf8)) else {
        return nil
      }
      return Talk.Turn(
        start: line.start, end: line.end, speaker: line.speaker, text: line.text, tone: line.tone)
    }
  }
}

/// Who took part, as the organisation says: roles and groups that people gave themselves.
struct ParticipantTable {
  private var rows: [Row] = []

  private struct Row {
    let meeting: String
    let speaker: String
    let role: String
    let group: String
  }

  /// Reads the table; there need not be one.
  ///
  /// - Throws: ``Failure`` naming the first line that lacks a column.
  init(path: String) throws {
    try self.init((try? String(contentsOfFile: path, encoding: .utf8)) ?? "", path: path)
  }

  /// Reads a table's text.
  init(_ text: String, path: String) throws {
    var columns: [String: Int] = [:]
    for (index, line) in text.split(whereSeparator: \.isNewline).enumerated() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      if index == 0 {
        for (place, name) in cells.enumerated() { columns[name.lowercased()] = place }
        guard columns["speaker"] != nil else { throw Self.mistake(path, 1) }
        continue
      }
      let cell = { (name: String) in
        columns[name].flatMap { $0 < cells.count ? cells[$0] : nil } ?? ""
      }
      guard !cell("speaker").isEmpty else { throw Self.mistake(path, index + 1) }
      rows.append(
        Row(
          meeting: cell("meeting"), speaker: cell("speaker"), role: cell("role"),
          group: cell("group")))
    }
  }

  private static func mistake(_ path: String, _ line: Int) -> Failure {
    Failure(key: "error.participants", ["path": path, "line": String(line)])
  }

  /// What the table says of a speaker: a row for the meeting, for its folder, or for all of them (`*` or empty).
  func participant(
    _ label: String, in meeting: String, _ known: Talk.Participant
  ) -> Talk.Participant {
    var result = known
    for row in rows where row.speaker == label && Self.names(row.meeting, meeting) {
      if !row.role.isEmpty { result.role = row.role }
      if !row.group.isEmpty { result.group = row.group }
    }
    return result
  }

  private static func names(_ pattern: String, _ meeting: String) -> Bool {
    pattern.isEmpty || pattern == "*" || pattern == meeting || meeting.hasPrefix(pattern + "/")
      || (meeting as NSString).deletingPathExtension == pattern
  }
}
