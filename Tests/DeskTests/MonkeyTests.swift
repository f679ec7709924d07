import Extraction
import Forms
import Foundation
import Interview
import Terminal
import TestSupport
import Testing

@testable import Desk

/// A monkey at the desk: any keys, clicks, pastes and sizes, any news from outside, the journal late. Whatever it does,
/// nothing is decided that nobody decided, and off the record works.
///
/// `ACOGIDA_MONKEY_STEPS` makes it stay longer.
@Suite struct MonkeyTests {
  private struct World {
    var state: DeskState
    var random: SeededGenerator
    var size = Size(rows: 24, columns: 80)
    /// Effects that the outside has not answered yet.
    var waiting: [DeskEffect] = []
    var sequence = 1000
    var segment = 100

    /// Something reaches the desk; what it wants done waits for an answer.
    mutating func take(_ input: DeskInput) throws {
      let before = state
      let effects = state.update(input, size: size)
      for effect in effects { try check(effect, input, before) }
      try checkState(input)
      waiting += effects
    }

    // MARK: - What must never happen

    private func check(_ effect: DeskEffect, _ input: DeskInput, _ before: DeskState) throws {
      let isPerson = if case .terminal = input { true } else { false }
      switch effect {
      case .record(.accepted(let name)):
        let entry = before.interview.entry(name)
        #expect(isPerson && before.view == .interview && before.field?.name == name)
        #expect(
          entry.status == .suggested || entry.status == .doubtful || entry.contested != nil,
          "accepted what nobody was shown: \(name)")
      case .record(.consented): #expect(isPerson && before.view == .consent)
      case .record(.edited(let name, _)):
        #expect(isPerson)
        #expect(before.view == .consent || before.field?.name == name)
      case .record, .discard, .quit, .export, .sync, .pauseRecording: #expect(isPerson)
      case .startRecording: #expect(state.interview.mayCapture && state.hasSound)
      case .submit:
        let progress = Progress(state: before.interview, form: before.form)
        let isComplete = progress.unconfirmed.isEmpty && progress.missing.isEmpty
        #expect(isPerson && (isComplete || before.view == .confirmSubmit))
      default: break
      }
      if case .export(let request) = effect, request.replaces {
        guard case .exporting(let exporting) = before.view else {
          Issue.record("replaced without a question")
          return
        }
        #expect(exporting.taken == request.path)
      }
    }

    private func checkState(_ input: DeskInput) throws {
      #expect(state.form.fields.indices.contains(state.focus))
      #expect(state.scroll >= 0 && state.readingScroll >= 0)
      if state.phase == .paused { #expect(state.revisable == nil && state.preview.isEmpty) }
      let surface = render(state, size)
      #expect(surface.size == size)
      if let cursor = surface.cursor {
        #expect((0..<size.rows).contains(cursor.row) && (0..<size.columns).contains(cursor.column))
      }
      let isSafe = surface.lines.allSatisfy { line in
        !line.unicodeScalars.contains { $0.value < 32 || (0x202A...0x202E).contains($0.value) }
      }
      #expect(isSafe)
      // The recording is never hidden, whatever is in front.
      if size.rows >= 12, size.columns >= 40 {
        if state.cover == nil {
          #expect(surface.lines[0].hasPrefix(" " + StatusLine.phase(state).prefix(8)))
        } else if state.phase == .recording || state.phase == .deviceLost {
          let words = StatusLine.words(state).prefix(8)
          #expect(surface.lines.contains { $0.contains(words) })
        }
      }
    }

    // MARK: - What can happen

    mutating func step() throws {
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<70: try take(.terminal(event()))
      case 70..<85: try answer()
      case 85..<99: try take(news())
      default:
        // Off the record works here and now, at once, behind the cover too.
        let isRecording = state.phase == .recording || state.phase == .deviceLost
        try take(.terminal(.key(.function(4))))
        if isRecording { #expect(state.phase == .paused) }
      }
    }

    private mutating func event() -> InputEvent {
      switch Int.random(in: 0..<40, using: &random) {
      case 0:
        return .resized(resized(tiny: Bool.random(using: &random)))
      case 1: return .paste(Monkey.texts.randomElement(using: &random) ?? "")
      case 2, 3:
        return .click(
          Point(
            row: .random(in: 0..<max(1, size.rows), using: &random),
            column: .random(in: 0..<max(1, size.columns), using: &random)))
      case 4:
        return .wheel(Bool.random(using: &random) ? 1 : -1, Point(row: 1, column: 1))
      case 5: return .resumed
      default:
        let key = Monkey.keys.randomElement(using: &random) ?? Key(.enter)
        return .key(key)
      }
    }

    private mutating func resized(tiny: Bool) -> Size {
      size =
        tiny
        ? Size(
          rows: .random(in: 0...13, using: &random), columns: .random(in: 0...41, using: &random))
        : Size(
          rows: .random(in: 12...45, using: &random), columns: .random(in: 40...130, using: &random)
        )
      return size
    }

    /// The outside does one of the things it was asked for, in order.
    private mutating func answer() throws {
      guard !waiting.isEmpty else { return }
      let effect = waiting.removeFirst()
      switch effect {
      case .record(let event): try happen(event)
      case .startRecording: try happen(.recording(.started))
      case .pauseRecording: try happen(.recording(.paused(position: 16_000)))
      case .resumeRecording: try happen(.recording(.resumed(position: 17_000)))
      case .stopRecording: try happen(.recording(.stopped(position: 18_000)))
      case .submit:
        if Bool.random(using: &random) {
          try happen(.submitted)
          try take(.submitted(id: "a0000000-0000-4000-8000-000000000001", unsent: 1))
        } else {
          try take(.notSubmitted(DeskState.Notice("no", .problem)))
        }
      case .openNew, .openDraft: try open()
      case .readLists, .discard, .leaveInterview:
        if let lists = try Scene.home().state.home.lists { try take(.lists(lists)) }
      case .find(let words):
        let found = try Scene.home().state.home.lists?.drafts ?? []
        try take(.found(HomeState.Search(query: words, found: found, isRunning: false)))
      case .read:
        if case .record(let record) = try Scene.record().state.view {
          try take(.submission(record))
        }
      case .export(let request):
        try take(
          request.replaces ? .worked(DeskState.Notice("exportado")) : .exportIsTaken(request))
      case .sync, .cancelWork: try take(.worked(DeskState.Notice("cancelado")))
      case .play(let playback): try take(.playing(playback))
      case .stopPlaying: try take(.playing(nil))
      case .cancelLoading: try take(.engine(.cancelled))
      default: break
      }
    }

    private mutating func open() throws {
      let talk = try Scene.talk().state
      let isNew = Bool.random(using: &random)
      try take(
        .opened(
          OpenedInterview(
            form: talk.form, interview: isNew ? InterviewState() : talk.interview, language: "es",
            today: "2026-03-01", hasSound: Bool.random(using: &random))))
    }

    private mutating func happen(_ event: InterviewEvent) throws {
      sequence += 1
      try take(
        .happened(StampedEvent(sequence: sequence, time: 0, elapsed: 0, event: event)))
    }

    private mutating func news() -> DeskInput {
      let text = Monkey.texts.randomElement(using: &random) ?? ""
      sequence += 1
      switch Int.random(in: 0..<9, using: &random) {
      case 0: return .revisable(.init(segment: segment, start: 1, text: text), preview: [:])
      case 1:
        segment += 1
        let settled = TranscriptSegment(id: segment, start: 1, end: 2, text: text)
        return .happened(
          StampedEvent(sequence: sequence, time: 0, elapsed: 0, event: .settled(settled)))
      case 2, 3:
        let field = state.form.fields.randomElement(using: &random)?.name ?? "full_name"
        let candidate = Candidate(
          field: field, value: .text(text), said: text, confidence: 0.5,
          state: Bool.random(using: &random) ? .doubtful : .suggested, checks: [], evidence: [],
          alternatives: [Alternative(value: .text(text + "2"), confidence: 0.1)])
        return .happened(
          StampedEvent(
            sequence: sequence, time: 0, elapsed: 0,
            event: .heard(candidates: [candidate], withdrawn: [])))
      case 4: return .level(.init(rms: -20, isClipping: false), seconds: 70)
      case 5:
        return .engine(
          [.ready, .behind(2000), .failed, .loading(seconds: 3)].randomElement(using: &random)
            ?? .ready)
      case 6:
        return .notice(
          DeskState.Notice(text, Bool.random(using: &random) ? .problem : .information))
      case 7: return .working(DeskState.LongWork(.export, done: 5, total: 4))
      default: return .unsaved(events: Int.random(in: 0...1, using: &random))
      }
    }
  }

  private enum Monkey {
    static let texts = [
      "", "Ana Núñez", "作者 作者", "e\u{301}e\u{301}", "🏳️‍🌈👩‍👩‍👧", "فاطمة الزهراء", "\u{202E}abc",
      "\u{1B}[2J\u{7}",
      "12345678Z", "a, b", String(repeating: "ñ作", count: 300), "\n\n", "s", "\u{200B}",
    ]
    static let keys: [Key] =
      Command.table.flatMap(\.keys)
      + "0123456789 abcXYZñ作é,.@".map { Key.character($0) }
      + [Key(.left), Key(.right), Key(.backspace), Key(.home), .control("w"), .control("u")]
      + Array(repeating: Key(.enter), count: 8) + Array(repeating: .character("n"), count: 4)
  }

  private static var steps: Int {
    ProcessInfo.processInfo.environment["ACOGIDA_MONKEY_STEPS"].flatMap { Int($0) } ?? 1500
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func whateverItDoes(seed: UInt64) throws {
    let start = seed % 2 == 0 ? try Scene.home().state : try Scene.talk().state
    var world = World(state: start, random: SeededGenerator(seed: seed))
    var views: Set<String> = []
    for _ in 0..<MonkeyTests.steps {
      try world.step()
      views.insert(String("\(world.state.view)".prefix { $0 != "(" }))
    }
    // It has been around.
    #expect(views.count >= 5, "\(views)")
  }
}
