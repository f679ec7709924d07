import Foundation
import Testing

@testable import Forms

private let head = """
  id = "f"
  version = "1"
  title = "F"

  [[section]]
  id = "s"
  title = "S"


  """

@Suite struct FormLoaderTests {
  static let assets = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("assets")

  @Test func theDefaultFormHasTheContractsFields() throws {
    let text = try String(
      contentsOf: Self.assets.appendingPathComponent("forms/acogida.toml"), encoding: .utf8)
    let form = try FormDefinition(toml: text)
    #expect(
      form.fields.map(\.name.rawValue) == [
        "full_name", "document_type", "document_number", "birth_date", "gender", "nationality",
        "languages", "phone", "email", "street_address", "postal_code", "municipality",
        "province", "household_size", "minors", "needs", "notes", "consent_recording",
        "consent_data",
      ])
    #expect(form.vocabularies["needs"]?.entries.count == 14)
    #expect(form.field("needs").flatMap(form.vocabulary)?.entry("food")?.label.text("en") == "Food")
    #expect(form.field("document_number")?.identifying == true)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let toml: String
    let error: DefinitionError
  }

  static let field = "[[section.field]]\n"
  static let mistakes: [Mistake] = [
    Mistake(
      testDescription: "syntax", toml: "id = \"f\"\nversion = = 1\n",
      error: DefinitionError(line: 2, problem: .syntax(""))),
    Mistake(
      testDescription: "no fields", toml: head, error: DefinitionError(line: 1, problem: .noFields)),
    Mistake(
      testDescription: "unknown type",
      toml: head + field + "name = \"a\"\ntype = \"colour\"\nlabel = \"A\"\n",
      error: DefinitionError(line: 11, problem: .unknownType("colour"))),
    Mistake(
      testDescription: "bad name",
      toml: head + field + "name = \"Ñu x\"\ntype = \"text\"\nlabel = \"A\"\n",
      error: DefinitionError(line: 10, problem: .badName("Ñu x"))),
    Mistake(
      testDescription: "missing label", toml: head + field + "name = \"a\"\ntype = \"text\"\n",
      error: DefinitionError(line: 9, problem: .missing("label"))),
    Mistake(
      testDescription: "unknown key",
      toml: head + field + "name = \"a\"\ntype = \"text\"\nlabel = \"A\"\nrequred = true\n",
      error: DefinitionError(line: 13, problem: .unknownKey("requred"))),
    Mistake(
      testDescription: "wrong kind",
      toml: head + field + "name = \"a\"\ntype = \"text\"\nlabel = \"A\"\nrequired = 1\n",
      error: DefinitionError(line: 13, problem: .wrongKind("required"))),
    Mistake(
      testDescription: "duplicate in the second place",
      toml: head + field + "name = \"a\"\ntype = \"text\"\nlabel = \"A\"\n"
        + field + "name = \"a\"\ntype = \"text\"\nlabel = \"B\"\n",
      error: DefinitionError(line: 14, problem: .duplicate("a"))),
    Mistake(
      testDescription: "unknown vocabulary",
      toml: head + field
        + "name = \"a\"\ntype = \"choice\"\nlabel = \"A\"\nvocabulary = \"v\"\n",
      error: DefinitionError(line: 13, problem: .unknownVocabulary("v"))),
    Mistake(
      testDescription: "choice without vocabulary",
      toml: head + field + "name = \"a\"\ntype = \"choice\"\nlabel = \"A\"\n",
      error: DefinitionError(line: 11, problem: .choiceWithoutVocabulary("a"))),
    Mistake(
      testDescription: "a common field of another type",
      toml: head + field + "name = \"full_name\"\ntype = \"integer\"\nlabel = \"A\"\n",
      error: DefinitionError(line: 11, problem: .wrongType("full_name", "person_name"))),
    Mistake(
      testDescription: "a cue without words",
      toml: head + field
        + "name = \"a\"\ntype = \"text\"\nlabel = \"A\"\ncues = { es = [\"…\"] }\n",
      error: DefinitionError(line: 13, problem: .unknownValue("cues.es", "…"))),
    Mistake(
      testDescription: "a vocabulary with nothing in it",
      toml: head + field + "name = \"a\"\ntype = \"text\"\nlabel = \"A\"\n"
        + "[[vocabulary]]\nname = \"v\"\n",
      error: DefinitionError(line: 14, problem: .missing("entry"))),
    Mistake(
      testDescription: "a synonym without words",
      toml: head + field + "name = \"a\"\ntype = \"text\"\nlabel = \"A\"\n"
        + "[[vocabulary]]\nname = \"v\"\n[[vocabulary.entry]]\ncode = \"c\"\nlabel = \"C\"\n"
        + "synonyms = { es = [\"\"] }\n",
      error: DefinitionError(line: 18, problem: .unknownValue("synonyms.es", ""))),
    Mistake(
      testDescription: "cues of no language",
      toml: head + field
        + "name = \"a\"\ntype = \"text\"\nlabel = \"A\"\ncues = { spanish = [\"algo\"] }\n",
      error: DefinitionError(line: 13, problem: .unknownValue("cues", "spanish"))),
  ]

  @Test(arguments: mistakes)
  func everyMistakeNamesItsLine(_ mistake: Mistake) {
    do throws(DefinitionError) {
      _ = try FormDefinition(toml: mistake.toml)
      Issue.record("accepted")
    } catch {
      #expect(error.line == mistake.error.line)
      if case .syntax = mistake.error.problem {
        if case .syntax = error.problem {} else { Issue.record("\(error)") }
      } else {
        #expect(error.problem == mistake.error.problem)
      }
    }
  }

  @Test(arguments: 0..<200) func noInputCrashes(seed: Int) throws {
    let text = try String(
      contentsOf: Self.assets.appendingPathComponent("forms/acogida.toml"), encoding: .utf8)
    var bytes = Array(text.utf8)
    var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    for _ in 0..<5 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      bytes[Int(state >> 33) % bytes.count] = UInt8(truncatingIfNeeded: state >> 20)
    }
    let damaged = String(decoding: bytes, as: UTF8.self)
    let form = try? FormDefinition(toml: damaged)
    #expect(form == nil || form?.fields.isEmpty == false)
  }
}
