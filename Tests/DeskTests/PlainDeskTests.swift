import Extraction
import Forms
import Foundation
import Interview
import Messages
import Terminal
import TestSupport
import Testing

@testable import Desk

/// The desk line by line, against a journal in memory.
@Suite struct PlainDeskTests {
  /// A plain desk whose records happen at once, with everything it said.
  private struct Session {
    var desk: PlainDesk
    var said = ""
    var effects: [DeskEffect] = []
    private var sequence = 1000
    /// Whether the journal answers.
    var isWriting = true

    init(_ scene: Scene, echoes: Bool = true) {
      desk = PlainDesk(state: scene.state, echoes: echoes)
      said = desk.begin()
    }

    mutating func take(_ input: DeskInput) {
      let (text, asked) = desk.take(input)
      said += text
      answer(asked)
    }

    mutating func answer(_ asked: [DeskEffect]) {
      effects += asked
      for effect in asked where isWriting {
        switch effect {
        case .record(let event): happen(event)
        case .startRecording: happen(.recording(.started))
        case .pauseRecording: happen(.recording(.paused(position: 16_000 * 42)))
        case .resumeRecording: happen(.recording(.resumed(position: 16_000 * 43)))
        case .stopRecording: happen(.recording(.stopped(position: 16_000 * 50)))
        default: break
        }
      }
    }

    mutating func happen(_ event: InterviewEvent) {
      sequence += 1
      take(.happened(StampedEvent(sequence: sequence, time: 0, elapsed: 0, event: event)))
    }

    /// Types a line; what was said because of it.
    @discardableResult
    mutating func type(_ line: String) -> String {
      let before = said.count
      for character in line { take(.terminal(.key(.character(character)))) }
      take(.terminal(.key(Key(.enter))))
      return String(said.dropFirst(before))
    }
  }

  @Test func consentIsNeverGivenByAnEmptyLine() throws {
    var session = Session(try Scene())
    #expect(session.said.contains("Para leer en voz alta"))
    #expect(!session.said.contains("Enter:"))
    session.type("")
    session.type("   ")
    #expect(session.effects.isEmpty)
    session.type("sí")
    #expect(session.effects.first == .record(.consented(Consent(recording: true, data: true))))
    #expect(session.effects.contains(.startRecording))
    #expect(session.said.contains("grabando"))
  }

  @Test(arguments: [("t", false, true), ("solo", false, true), ("no", false, false)])
  func otherAnswers(line: String, recording: Bool, data: Bool) throws {
    var session = Session(try Scene())
    session.type(line)
    #expect(session.effects.first == .record(.consented(Consent(recording: recording, data: data))))
    #expect(!session.effects.contains(.startRecording))
  }

  @Test func whatIsHeardIsAppendedOnce() throws {
    var session = Session(try Scene.talk())
    session.said = ""
    session.happen(
      .settled(TranscriptSegment(id: 9, start: 61, end: 62, text: "vivo\u{1B}[31m en \u{202E}Reus"))
    )
    #expect(session.said == "01:01 vivo·[31m en ·Reus\n")
    session.said = ""
    let open = DeskState.RevisableText(segment: 10, start: 70, text: "y")
    session.take(.revisable(open, preview: [:]))
    session.take(.level(DeskState.Level(rms: -20), seconds: 70))
    #expect(session.said.isEmpty)
  }

  @Test func doubtfulFieldsAreReadWithTheirReadings() throws {
    var session = Session(try Scene.talk())
    let read = session.type("3")
    #expect(read.contains("campo Número de documento = X0000123L (dudoso 41 %)\n"))
    #expect(read.contains("lectura 1: X0000123A\n"))
    #expect(read.contains("«equis uno dos tres» 00:08\n"))
    let taken = session.type("lectura 1")
    #expect(taken.contains("campo Número de documento = X0000123A (escrito)\n"))
  }

  @Test(arguments: ["documento = 12345678z", "campo 3 = 12345678Z", "document_number=12345678-Z"])
  func fieldsAreWritten(line: String) throws {
    var session = Session(try Scene.talk())
    #expect(session.type(line).contains("campo Número de documento = 12345678Z (escrito)\n"))
    #expect(session.desk.state.view == .interview)
  }

  @Test func aWrongValueIsAskedForAgainAndMayBeInsistedOn() throws {
    var session = Session(try Scene.talk())
    #expect(session.type("documento = 12345678A").contains("la letra no corresponde"))
    #expect(session.type("").contains("= 12345678A (escrito)"))
    #expect(session.type("nacimiento = ayer").contains("no es una fecha"))
    session.type("")
    #expect(session.desk.state.view == .interview)
    #expect(
      session.type("nacimiento = 3/4/1990").contains("Fecha de nacimiento = 1990-04-03 (escrito)"))
  }

  @Test func acceptingGoesToTheNextOne() throws {
    var session = Session(try Scene.talk())
    let first = session.type("siguiente")
    #expect(first.contains("campo Tipo de documento = NIE (sugerido 97 %)"))
    let accepted = session.type("aceptar")
    let parts = accepted.components(separatedBy: "campo ")
    #expect(parts[1].hasPrefix("Tipo de documento = NIE (confirmado)"))
    #expect(parts[2].hasPrefix("Número de documento"))
  }

  @Test func offTheRecordWorksInTheMiddleOfALine() throws {
    var session = Session(try Scene.talk())
    for character in "ayu" { session.take(.terminal(.key(.character(character)))) }
    session.said = ""
    session.happen(.settled(TranscriptSegment(id: 9, start: 61, end: 62, text: "calle")))
    #expect(session.said.isEmpty)
    session.take(.terminal(.key(.control("p"))))
    #expect(session.effects.last == .pauseRecording)
    #expect(session.said == "\nfuera de registro\nayu")
    session.said = ""
    session.type("da")
    #expect(session.said.contains("01:01 calle\n"))
  }

  @Test func savingAndLeaving() throws {
    var session = Session(try Scene.talk())
    // The talk ends first.
    session.type("guardar")
    #expect(session.effects.last == .stopRecording)
    session.happen(.recording(.stopped(position: 16_000 * 60)))
    #expect(session.type("guardar").contains("Quedan"))
    #expect(session.type("no").isEmpty == false)
    session.type("guardar")
    session.type("sí")
    #expect(session.effects.last == .submit)
    session.take(.submitted(id: "abc", unsent: 1))
    #expect(session.said.contains("Entrevista guardada\n"))
  }

  /// Lines typed ahead wait until what was asked for before is on disk.
  @Test func linesTypedAheadWaitForTheJournal() throws {
    var session = Session(try Scene(hasSound: false))
    session.isWriting = false
    session.type("sí")
    session.type("nombre = Ana Ruiz")
    let waiting = session.effects
    #expect(!waiting.contains(.record(.edited("full_name", .text("Ana Ruiz")))))
    session.isWriting = true
    session.answer(waiting)
    #expect(session.effects.contains(.record(.edited("full_name", .text("Ana Ruiz")))))
    #expect(session.said.contains("campo Nombre y apellidos = Ana Ruiz (escrito)"))
  }

  @Test func theEndOfAPipeLeavesWhenEverythingIsDone() throws {
    var session = Session(try Scene.talk(), echoes: false)
    session.said = ""
    session.type("nombre = Ana")
    let (text, effects) = session.desk.end()
    #expect(!(session.said + text).contains("nombre"))
    #expect(effects.last == .quit)
  }

  @Test func wordsMayBeShortenedAndMistyped() throws {
    var session = Session(try Scene.talk())
    #expect(session.type("desh").contains("campo"))
    #expect(session.type("SIGUIENTE").contains("campo"))
    #expect(session.type("a").contains("puede ser: "))
    #expect(session.type("xyz").contains("«xyz»"))
    #expect(session.type("estado").contains("grabando 00:42; "))
    #expect(session.type("campos").contains("19. campo "))
  }

  /// Going from one interview to the first screen and back tells nothing of an interview as if it had changed.
  @Test func theFirstScreenIsReadWhenItIsKnown() throws {
    var session = Session(try Scene.talk())
    session.type("salir")
    session.said = ""
    session.type("sí")
    #expect(session.effects.suffix(2) == [.leaveInterview, .readLists])
    #expect(!session.said.contains("campo") && !session.said.contains("Escriba"))
    session.type("1")
    let draft = HomeState.Entry(
      id: "x", kind: .draft(unconfirmed: 1, missing: 2), name: "Ana", day: "2026-03-01",
      time: "09:30", answered: 4)
    session.take(.lists(HomeState.Lists(drafts: [draft], day: "2026-03-01")))
    #expect(session.said.contains("1. Ana; 2026-03-01 09:30; "))
    #expect(session.effects.last == .openDraft("x"))
  }

  /// Whoever is told that saving takes a while may ask again; a program that writes lines waits for the end.
  @Test(arguments: [true, false])
  func savingIsWaitedFor(isPerson: Bool) throws {
    var session = Session(try Scene.talk(), echoes: isPerson)
    session.type("guardar")
    session.type("guardar")
    session.type("sí")
    #expect(session.effects.last == .submit)
    session.take(.notice(DeskState.Notice("falta lo último")))
    session.said = ""
    session.type("estado")
    #expect(session.said.contains("de 19 campos") == isPerson)
    session.take(.notSubmitted(DeskState.Notice("disco lleno", .problem)))
    #expect(session.said.contains("problema: disco lleno"))
    #expect(session.said.contains("de 19 campos"))
  }

  @Test func linesAreEchoedAndErasedWithoutTheCursor() {
    var line = PlainLine()
    #expect(line.take(.character("作")) == .echo("作"))
    #expect(line.take(.character("e")) == .echo("e"))
    #expect(line.take(.character("\u{301}")) == .echo("\u{301}"))
    #expect(line.text == "作é")
    #expect(line.take(Key(.backspace)) == .echo("\u{8} \u{8}"))
    #expect(line.take(Key(.backspace)) == .echo("\u{8}\u{8}  \u{8}\u{8}"))
    #expect(line.paste("dos\npalabras\u{7}") == .echo("dos palabras"))
    #expect(line.take(.control("w")) != .other(.control("w")))
    #expect(line.text == "dos ")
    #expect(line.take(Key(.enter)) == .line("dos "))
    #expect(line.text.isEmpty)
  }

  /// Whatever is typed: every line is said in words, and nothing steers the terminal.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func anyLinesInAnyOrder(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var session = Session(try Scene.talk())
    let words = [
      "ayuda", "campos", "estado", "texto 3", "3", "99", "=", "a=b", "nombre = \u{1B}[2J\u{202E}x",
      "guardar", "sí", "no", "p", "pausa", "aceptar", "borrar", "no dice", "oír", "editar",
      "lectura 2",
      "deshacer", "rehacer", "", " ", "campo", "campo nombre", "salir", "?", "u", "tres = 4",
      "parar",
    ]
    for _ in 0..<120 {
      session.type(words.randomElement(using: &random) ?? "")
      if session.effects.contains(.quit) { break }
    }
    #expect(!session.said.unicodeScalars.contains { $0.value < 32 && $0 != "\n" && $0 != "\u{8}" })
    #expect(!session.said.contains("plain."))
  }

  @Test(arguments: ["buscar TETUAN", "/tetuán", "/"])
  func wordsAreLookedForInTheTranscript(line: String) throws {
    var session = Session(try Scene.talk())
    var said = session.type(line)
    if line == "/" { said = session.type("tetuan") }
    #expect(said.contains("«") && said.contains(": 1 línea"))
    #expect(said.contains("noventa y dos en Tetuán"))
    #expect(session.desk.state.view == .interview && session.desk.state.context == .interview)
    #expect(session.type("buscar marciano").contains(": 0 líneas"))
  }

  /// What the screen says with its keys is said with the words that are written here.
  @Test func theEndOfTheTalkNamesWordsNotKeys() throws {
    var desk = PlainDesk(state: try Scene.talk().state, echoes: false)
    let ended = StampedEvent(
      sequence: 99, time: 0, elapsed: 0, event: .recording(.stopped(position: 16_000 * 60)))
    let told = desk.take(.happened(ended)).text
    #expect(told.contains("«siguiente»") && told.contains("«guardar»"))
    #expect(!told.contains("Enter"))
  }

  @Test func anExportIsAskedForWatchedAndCancelled() throws {
    var session = Session(try Scene.home())
    #expect(session.type("exportar").contains("acogida-dev-2026-03-01.csv"))
    session.type("")
    #expect(session.effects.isEmpty && session.desk.state.view == .home)
    session.type("exportar")
    session.type("/tmp/a.jsonl")
    let request = DeskState.ExportRequest(path: "/tmp/a.jsonl", replaces: false)
    #expect(session.effects == [.export(request)])
    session.take(.exportIsTaken(request))
    #expect(session.said.contains("ya existe"))
    session.type("/tmp/a.jsonl")
    #expect(session.effects.last == .export(.init(path: "/tmp/a.jsonl", replaces: true)))
    session.take(.working(DeskState.LongWork(.export, done: 1024, total: 2048)))
    #expect(session.type("cancelar").contains("cancelando"))
    #expect(session.effects.last == .cancelWork)
    session.take(.worked(DeskState.Notice("cancelado")))
    #expect(session.said.hasSuffix("cancelado\n"))
  }
}
