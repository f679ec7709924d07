import Audio
import Desk
import Extraction
import Forms
import Foundation
import Interview
import Messages
import Store
import Transcription

// What the recogniser and extraction make of the sound.
extension DeskSession {
  func listen(_ events: AsyncStream<EngineEvent>) async {
    for await event in events {
      switch event {
      case .transcript(let transcript): take(transcript)
      case .speakers(let labels): relabel(labels)
      case .state(let state):
        report(.engine(status(state)))
        countLoading(state)
      case .finished:
        for mark in marks { mark.resume() }
        marks.removeAll()
      }
      if case .state(.failed(let failure)) = event { tell(failure) }
    }
    for mark in marks { mark.resume() }
    marks.removeAll()
  }

  /// Tells how long the recogniser has been loading.
  private func countLoading(_ state: EngineState) {
    loading?.cancel()
    guard case .loading = state else { return }
    loading = Task {
      var seconds = 0
      while (try? await Task.sleep(for: .seconds(1))) != nil {
        seconds += 1
        report(.engine(.loading(seconds: seconds)))
      }
    }
  }

  /// Goes on without the recogniser; what is recorded can be transcribed when the draft is opened again.
  func cancelLoading() async {
    loading?.cancel()
    let unwanted = engine
    engine = nil
    await unwanted?.stop()
    report(.engine(.cancelled))
    tell("notice.withoutModel")
  }

  func status(_ state: EngineState) -> DeskState.EngineStatus {
    switch state {
    case .loading: .loading(seconds: 0)
    case .ready: .ready
    case .catchingUp(let milliseconds): .behind(milliseconds)
    case .restarting: .restarting
    case .away: .away
    case .failed: .failed
    }
  }

  func take(_ event: TranscriptEvent) {
    let segment = TranscriptSegment(
      id: event.segment, start: event.start, end: event.end, text: event.text,
      speaker: event.speaker, lag: event.kind == .settled ? event.lagMilliseconds : nil)
    // What was said before the consent was taken back is heard no more.
    guard !heardSegments.contains(segment.id), log.state.consent?.recording != false else { return }
    guard event.kind == .settled else {
      guard !isPaused else { return }
      let text = DeskState.RevisableText(
        segment: segment.id, start: segment.start, text: segment.text)
      report(.revisable(text, preview: extractor.preview(segment)))
      return
    }
    heardSegments.insert(segment.id)
    if segment.text.isEmpty {
      report(.revisable(nil, preview: [:]))
      return
    }
    log.record(.settled(segment))
    transcript.append(segment)
    extractor.add(segment.spoken(by: speakers.name(of: segment)))
    hear()
  }

  /// Takes who is known by now to have said what.
  func relabel(_ labels: [Int: String]) {
    speakers.note(labels, byPerson: false)
    log.record(.relabelled(labels, byPerson: false))
    reread()
  }

  /// Takes the technician's word for who speaks.
  func name(_ event: InterviewEvent) {
    switch event {
    case .named(let speaker, let name): speakers.rename(speaker, to: name)
    case .relabelled(let labels, let byPerson): speakers.note(labels, byPerson: byPerson)
    default: return
    }
    reread()
  }

  /// Reads all of the words again: pure and fast, an hour of talk takes a tenth of a second.
  private func reread() {
    extractor = setting.extractor
    for segment in transcript { extractor.add(segment.spoken(by: speakers.name(of: segment))) }
    hear()
  }

  /// Records what extraction changed its mind about.
  func hear() {
    report(.asked(extractor.asked))
    let now = extractor.candidates
    let changed = now.values.filter { candidates[$0.field] != $0 }
    let withdrawn = candidates.keys.filter { now[$0] == nil }
    candidates = now
    guard !changed.isEmpty || !withdrawn.isEmpty else { return }
    log.record(
      .heard(
        candidates: changed.sorted { $0.field < $1.field }, withdrawn: withdrawn.sorted()))
  }
}
