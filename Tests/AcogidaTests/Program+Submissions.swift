import Extraction
import Forms
import Foundation
import Interview
import Store
import TestSupport

extension Program {
  /// Keeps so many invented submissions of one moment in the stage `test`.
  @discardableResult
  func fill(
    _ count: Int, offices: [String] = ["es-md-01"], at time: Int64 = 1_700_000_000_000
  ) throws -> StageData {
    try fill(Array(repeating: time, count: count), offices: offices)
  }

  /// Keeps one invented submission for every moment in the stage `test`, milliseconds since 1970-01-01 UTC.
  @discardableResult
  func fill(_ times: [Int64], offices: [String] = ["es-md-01"]) throws -> StageData {
    let path = Program.checkout + "/assets/forms/acogida.toml"
    let form = try FormDefinition(toml: String(contentsOfFile: path, encoding: .utf8))
    let data = try StageData.open(
      DataDirectory(root: folder + "/data/acogida", stage: "test"))
    try data.submissions.save(
      zip(1..., times).map { number, time in
        let header = InterviewHeader(
          id: identifier(number), form: form.id, formVersion: form.version, stage: "test",
          language: "es", office: offices[number % offices.count])
        let events: [InterviewEvent] = [
          .began(header), .edited("full_name", .text("Sentinela \(number)\nde dos líneas")),
          .edited("household_size", .integer(number % 7)),
          .edited("needs", .list(["food", "housing"])),
        ]
        let stamped = events.enumerated().map {
          StampedEvent(
            sequence: $0.offset, time: time, elapsed: 0, event: $0.element)
        }
        return try Submission(
          state: InterviewState(events: stamped), form: form, submitted: time)
      })
    return data
  }
}
