import Extraction
import Forms

@testable import Interview

let header = InterviewHeader(
  id: "11111111-2222-3333-4444-555555555555", form: "test", formVersion: "1", stage: "dev",
  language: "es")

let testForm = FormDefinition(
  id: "test", version: "1", title: LocalizedText(["es": "Prueba"]),
  sections: [
    FormSection(
      id: "person", title: LocalizedText(["es": "Persona"]),
      fields: [
        FieldDefinition(
          name: "full_name", type: .personName, label: LocalizedText(["es": "Nombre"]),
          required: true, identifying: true),
        FieldDefinition(name: "phone", type: .phone, label: LocalizedText(["es": "Teléfono"])),
      ])
  ], vocabularies: [:])

func candidate(
  _ field: FieldName, _ value: FieldValue, state: CandidateState = .suggested, segment: Int = 0
) -> Candidate {
  Candidate(
    field: field, value: value, said: value.displayText, confidence: 0.9, state: state,
    evidence: [
      Evidence(segment: segment, characters: 0..<4, start: 1, end: 2, text: value.displayText)
    ])
}

func heard(_ candidates: Candidate...) -> InterviewEvent {
  .heard(candidates: candidates, withdrawn: [])
}

/// The state after these events, stamped one second apart.
func state(_ events: [InterviewEvent]) -> InterviewState {
  InterviewState(
    events: events.enumerated().map { index, event in
      StampedEvent(
        sequence: index, time: 1_000_000 + Int64(index) * 1000, elapsed: Int64(index) * 1000,
        event: event)
    })
}
