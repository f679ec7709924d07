import Extraction
import Forms
import Testing

@testable import Interview

@Suite struct FieldStatusTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let events: [InterviewEvent]
    let status: FieldStatus
    let value: FieldValue?
  }

  static let ana = candidate("full_name", "Ana Ruiz Gil")
  static let eva = candidate("full_name", "Eva Ruiz Gil", segment: 3)
  static let doubt = candidate("full_name", "Ana Ruiz", state: .doubtful)

  static let cases: [Case] = [
    Case(testDescription: "nothing", events: [], status: .empty, value: nil),
    Case(testDescription: "heard", events: [heard(ana)], status: .suggested, value: "Ana Ruiz Gil"),
    Case(testDescription: "doubtful", events: [heard(doubt)], status: .doubtful, value: "Ana Ruiz"),
    Case(
      testDescription: "withdrawn",
      events: [heard(ana), .heard(candidates: [], withdrawn: ["full_name"])], status: .empty,
      value: nil),
    Case(
      testDescription: "accepted", events: [heard(ana), .accepted("full_name")],
      status: .confirmed, value: "Ana Ruiz Gil"),
    Case(
      testDescription: "accepting nothing changes nothing", events: [.accepted("full_name")],
      status: .empty, value: nil),
    Case(
      testDescription: "what is heard later does not replace what a person accepted",
      events: [heard(ana), .accepted("full_name"), heard(eva)], status: .confirmed,
      value: "Ana Ruiz Gil"),
    Case(
      testDescription: "accepting again takes what contradicts",
      events: [heard(ana), .accepted("full_name"), heard(eva), .accepted("full_name")],
      status: .confirmed, value: "Eva Ruiz Gil"),
    Case(
      testDescription: "typed", events: [.edited("full_name", "Ada")], status: .edited, value: "Ada"
    ),
    Case(
      testDescription: "typed over what was heard",
      events: [heard(ana), .edited("full_name", "Anna")], status: .edited, value: "Anna"),
    Case(
      testDescription: "cleared", events: [heard(ana), .cleared("full_name")], status: .empty,
      value: nil),
    Case(
      testDescription: "the rejected value heard again stays out",
      events: [heard(ana), .cleared("full_name"), heard(ana)], status: .empty, value: nil),
    Case(
      testDescription: "another value may be suggested after a rejection",
      events: [heard(ana), .cleared("full_name"), heard(eva)], status: .suggested,
      value: "Eva Ruiz Gil"),
    Case(
      testDescription: "refused", events: [heard(ana), .absent("full_name", .refused)],
      status: .refused, value: nil),
    Case(
      testDescription: "undo gives back the suggestion",
      events: [heard(ana), .accepted("full_name"), .undone], status: .suggested,
      value: "Ana Ruiz Gil"),
    Case(
      testDescription: "redo", events: [heard(ana), .accepted("full_name"), .undone, .redone],
      status: .confirmed, value: "Ana Ruiz Gil"),
    Case(
      testDescription: "a new decision ends redo",
      events: [heard(ana), .accepted("full_name"), .undone, .edited("full_name", "Z"), .redone],
      status: .edited, value: "Z"),
    Case(
      testDescription: "undo without a decision", events: [heard(ana), .undone], status: .suggested,
      value: "Ana Ruiz Gil"),
    Case(
      testDescription: "nothing follows a submission",
      events: [heard(ana), .submitted, .accepted("full_name")], status: .suggested,
      value: "Ana Ruiz Gil"),
  ]

  @Test(arguments: cases)
  func statusAndValue(_ item: Case) {
    let entry = state([.began(header)] + item.events).entry("full_name")
    #expect(entry.status == item.status)
    #expect(entry.value == item.value)
  }

  @Test func contradictionIsShown() {
    let entry = state([heard(Self.ana), .accepted("full_name"), heard(Self.eva)]).entry("full_name")
    #expect(entry.contested?.value == "Eva Ruiz Gil")
    #expect(entry.evidence.first?.segment == 0)
  }

  @Test func evidenceStaysWithATypedCorrection() {
    let entry = state([heard(Self.eva), .edited("full_name", "Eva")]).entry("full_name")
    #expect(entry.evidence.first?.segment == 3)
  }
}
