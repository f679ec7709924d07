/// Who speaks while the talk goes on. Labels stay with their voices; what was said of a segment may be revised.
///
/// A pure value: windows come in, and after every segment the voices are told apart anew.
public struct VoiceTracker: Sendable {
  /// Windows that are compared each with each after a segment: some milliseconds.
  private static let most = 240

  private let technician: VoicePrint?
  private var windows: [VoiceWindow] = []
  private var segments: [(id: Int, start: Double, end: Double)] = []
  private var voices: [VoicePrint] = []
  private var labels: [String] = []
  private var given: [Int: String] = [:]
  private var used = 0

  /// - Parameter technician: the enrolled voice.
  public init(technician: VoicePrint? = nil) { self.technician = technician }

  /// Takes a window of the segment that is open.
  public mutating func add(_ window: VoiceWindow) { windows.append(window) }

  /// Where the speaker changes inside a stretch, seconds, as far as the voices are known.
  ///
  /// - Parameter speech: stretches of speech in it.
  /// - Returns: runs of one speaker each; one without a label while no voice is known.
  public mutating func split(
    _ speech: [(start: Double, end: Double)]
  ) -> [(start: Double, end: Double, speaker: String?)] {
    guard let first = speech.first, let last = speech.last else { return [] }
    regroup()
    guard !voices.isEmpty else { return [(first.start, last.end, nil)] }
    let near = windows.filter { $0.end > first.start && $0.start < last.end }
    var pieces: [(start: Double, end: Double, speaker: String?)] = []
    for run in Timeline(windows: near, voices: voices).runs(speech) {
      if let previous = pieces.last, previous.speaker == labels[run.voice] {
        pieces[pieces.count - 1].end = run.end
      } else {
        pieces.append((run.start, run.end, labels[run.voice]))
      }
    }
    return VoiceTracker.withoutScraps(pieces)
  }

  /// Notes that a piece became a segment of the transcript.
  public mutating func settle(_ id: Int, start: Double, end: Double, speaker: String?) {
    segments.append((id, start, end))
    given[id] = speaker
  }

  /// Segments whose label is another by now.
  public mutating func revisions() -> [Int: String] {
    var changed: [Int: String] = [:]
    for segment in segments {
      guard let now = label(segment.start, segment.end), given[segment.id] != now else { continue }
      given[segment.id] = now
      changed[segment.id] = now
    }
    return changed
  }

  /// Whose windows are the most in that stretch.
  private func label(_ start: Double, _ end: Double) -> String? {
    var scores = [Float](repeating: 0, count: voices.count)
    let low = windows.firstIndex { $0.end > start } ?? windows.count
    for window in windows[low...] {
      guard window.start < end else { break }
      let shared = Float(min(end, window.end) - max(start, window.start))
      for voice in voices.indices {
        scores[voice] += shared * window.print.similarity(voices[voice])
      }
    }
    guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }), scores[best] > 0
    else { return nil }
    return labels[best]
  }

  /// Tells the voices apart again; a voice keeps the label of the one it was.
  private mutating func regroup() {
    let fresh = Clustering.voices(windows.map(\.print), most: VoiceTracker.most)
    var names = [String?](repeating: nil, count: fresh.count)
    let pairs = fresh.indices.flatMap { new in
      voices.indices.map { old in (new, old, fresh[new].similarity(voices[old])) }
    }.filter { $0.2 > 0.5 }.sorted { $0.2 > $1.2 }
    for (new, old, _) in pairs where names[new] == nil && !names.contains(labels[old]) {
      names[new] = labels[old]
    }
    let roles = Diarisation.labels(fresh, technician: technician)
    voices = fresh
    labels = fresh.indices.map { index in
      if !roles[index].hasPrefix("S") { return roles[index] }
      if let name = names[index], name.hasPrefix("S") { return name }
      used += 1
      return SpeakerLabel.number(used - 1)
    }
  }

  /// Joins pieces that are too short to be a turn with what is before them.
  static func withoutScraps(
    _ pieces: [(start: Double, end: Double, speaker: String?)]
  ) -> [(start: Double, end: Double, speaker: String?)] {
    var result: [(start: Double, end: Double, speaker: String?)] = []
    for piece in pieces {
      guard let last = result.last else {
        result.append(piece)
        continue
      }
      if last.speaker == piece.speaker || piece.end - piece.start < 0.6 {
        result[result.count - 1].end = piece.end
      } else if result.count == 1, last.end - last.start < 0.6 {
        result[0] = (last.start, piece.end, piece.speaker)
      } else {
        result.append(piece)
      }
    }
    return result
  }
}
