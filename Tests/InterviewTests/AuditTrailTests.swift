import Extraction
import Forms
import Testing

@testable import Interview

@Suite struct AuditTrailTests {
  private func entries(_ events: [InterviewEvent]) -> [AuditEntry] {
    AuditTrail.entries(
      events.enumerated().map {
        StampedEvent(
          sequence: $0.offset, time: 1_000 + Int64($0.offset), elapsed: Int64($0.offset) * 10,
          event: $0.element)
      })
  }

  private var began: InterviewEvent {
    .began(
      InterviewHeader(
        id: "i", form: "acogida", formVersion: "1", stage: "test", language: "es",
        technician: "Ana"))
  }

  @Test func everyChangeNamesWhoFromWhatToWhatAndWhen() throws {
    let trail = entries([
      began, .edited("full_name", .text("Uno")), .edited("full_name", .text("Dos")),
      .explained("mal oído"), .cleared("full_name"), .undone, .redone,
    ])
    let changes = trail.filter { $0.field == "full_name" }
    #expect(changes.map(\.action) == [.edited, .edited, .cleared, .undone, .redone])
    #expect(changes.map(\.old) == [nil, .text("Uno"), .text("Dos"), nil, .text("Dos")])
    #expect(changes.map(\.new) == [.text("Uno"), .text("Dos"), nil, .text("Dos"), nil])
    #expect(changes.map(\.reason) == [nil, "mal oído", nil, nil, nil])
    #expect(changes.allSatisfy { $0.technician == "Ana" })
    #expect(changes.map(\.elapsed) == [10, 20, 40, 50, 60])
  }

  @Test func whoTakesUpADraftAnswersForWhatFollows() {
    let trail = entries([
      began, .edited("phone", .text("1")), .resumed(technician: "Eva"),
      .edited("phone", .text("2")), .recording(.started), .submitted,
    ])
    #expect(trail.map(\.technician) == ["Ana", "Ana", "Eva", "Eva", "", "Eva"])
  }

  @Test func decisionsAboutDuplicatesCarryTheirReason() {
    let decision = DuplicateDecision(
      other: "o", choice: .overridden, reason: "otra unidad familiar")
    let trail = entries([began, .duplicate(decision)])
    #expect(trail.last?.action == .duplicate && trail.last?.detail == "overridden o")
    #expect(trail.last?.reason == "otra unidad familiar")
  }

  @Test func theLastDecisionAboutADuplicateStands() {
    var state = InterviewState()
    for (number, choice) in DuplicateDecision.Choice.allCases.enumerated() {
      state.apply(
        StampedEvent(
          sequence: number, time: 0, elapsed: 0,
          event: .duplicate(DuplicateDecision(other: "o", choice: choice))))
    }
    #expect(state.duplicates == [DuplicateDecision(other: "o", choice: .overridden)])
  }
}
