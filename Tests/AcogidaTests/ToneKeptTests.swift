import Extraction
import Forms
import Foundation
import Interview
import Store
import TestSupport
import Testing
import Tone

/// How the talk sounds, kept with the transcript and shown by the real program.
@Suite(.serialized) struct ToneKeptTests {
  private let words = ["Vivo en la calle Mayor.", "Estoy muy contenta con el piso."]

  /// Keeps a submission of those words, read with a lexicon of the test's own.
  private func keep(_ program: Program) throws -> String {
    let data = try program.fill(1)
    let path = Program.checkout + "/assets/forms/acogida.toml"
    let form = try FormDefinition(toml: String(contentsOfFile: path, encoding: .utf8))
    let id = "0000cafe-0000-4000-8000-000000000001"
    let header = InterviewHeader(
      id: id, form: form.id, formVersion: form.version, stage: "test", language: "es")
    let segments = words.enumerated().map {
      InterviewEvent.settled(
        TranscriptSegment(id: $0, start: Double($0), end: Double($0) + 1, text: $1))
    }
    let events = ([.began(header)] + segments).enumerated().map {
      StampedEvent(sequence: $0, time: 1_700_000_000_000, elapsed: 0, event: $1)
    }
    var submission = try Submission(
      state: InterviewState(events: events), form: form, submitted: 1_700_000_000_000)
    submission.readTone(ToneReader(ToneLexicon("+2 piso")))
    try data.submissions.save(submission)
    return id
  }

  @Test func whatIsKeptIsShownAndGoesWithTheInterview() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let id = try keep(program)
      let shown = try program.run(["show", id]).output
      #expect(shown.contains("Tono: en conjunto positivo; 1 de 2"))
      #expect(shown.contains("Estoy muy contenta con el piso.  [positivo: piso]"))
      // The report reads what was kept, not the words anew.
      let report = try program.run(["report", "tone", id, "--format", "json"]).output
      #expect(report.contains(#""words":"piso""#))
      #expect(!report.contains("contenta"))
      #expect(try !program.run(["export", "--format", "csv"]).output.contains("tone"))
      #expect(try program.run(["erase", id, "--yes"]).code == 0)
      #expect(try program.run(["show", id]).code != 0)
    }
  }

  @Test func aTranscriptInAFileIsRead() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let file = folder + "/talk.txt"
      try words.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
      let report = try program.run(["report", "tone", file, "--format", "csv"]).output
      #expect(report.contains("0.0,,neutro,"))
      #expect(report.contains("positivo,contenta"))
    }
  }

  @Test func transcriptsCarryItWhereThatIsAskedFor() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      let out = folder + "/out"
      let run = ["transcribe", Program.demo, "--out", out, "--format", "json"]
      let result = try program.run(run + ["--tone"])
      try #require(result.code == 0, "\(result.errors)")
      let text = try String(contentsOfFile: out + "/interview.flac.json", encoding: .utf8)
      let lines = text.split(separator: "\n")
      #expect(lines.count > 3)
      #expect(lines.allSatisfy { $0.contains(#""tone":{"#) })
      let report = try program.run(["report", "tone", out, "--format", "json"])
      #expect(report.output.split(separator: "\n").count >= lines.count)
    }
  }
}
