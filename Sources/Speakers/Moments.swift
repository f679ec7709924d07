/// Finds short turns and quick changes, as on the telephone, with windows shorter than those that tell voices apart.
enum Moments {
  /// Windows whose beginning and end are more alike than this hold one voice.
  ///
  /// Measured with CAM++ on windows of half a second: medians 0.34 to 0.42 inside one voice, 0.16 to 0.29 across a change.
  static let oneVoice: Float = 0.4
  /// How often the voices are heard again from what the last round gave each.
  private static let rounds = 2
  /// Windows that make a voice's mean.
  private static let leastWindows = 3
  /// Long windows that a second voice needs for itself, where the number is not known.
  private static let leastOwn = 8
  /// Two voices are less alike across than this share of what windows of one voice are.
  ///
  /// Measured with CAM++ on calls: 0.32 to 0.66 across two voices. Of one voice torn in two a part has hardly a window.
  private static let apart: Float = 0.75

  /// Windows that are likely to hold one voice alone; mixtures would look like voices of their own, or join two.
  ///
  /// - Parameters:
  ///   - windows: long ones, in order of time.
  ///   - moments: short ones, in order of time.
  /// - Returns: the better half of the windows, and all in which nothing speaks for a change.
  static func clear(_ windows: [VoiceWindow], _ moments: [VoiceWindow]) -> [VoiceWindow] {
    guard !windows.isEmpty, !moments.isEmpty else { return windows }
    var first = 0
    let likeness = windows.map { window -> Float in
      while first < moments.count, moments[first].start < window.start - 0.01 { first += 1 }
      let inside = moments[first...].prefix { $0.start < window.end }.filter {
        $0.end <= window.end + 0.01
      }
      guard let begin = inside.first, let end = inside.last, inside.count > 1 else { return 1 }
      return begin.print.similarity(end.print)
    }
    let middle = likeness.sorted()[likeness.count / 2]
    return zip(windows, likeness).filter { $1 >= min(middle, oneVoice) }.map(\.0)
  }

  typealias Run = (start: Double, end: Double, voice: Int)

  /// Who speaks when, and the voices as they were first told apart.
  struct Answer {
    let voices: [VoicePrint]
    var runs: [Run]
    /// How well the voices match what is heard, -1 to 1.
    let match: Float
  }

  /// Tells who speaks, from two beginnings: all windows tell voices apart, or only the clear ones. What matches better is taken.
  ///
  /// - Parameters:
  ///   - speech: stretches in order of time, seconds.
  ///   - windows: long ones, in order of time.
  ///   - moments: short ones, in order of time.
  ///   - instants: shorter ones, in order of time, that tell when speakers change once their voices are known; none for no such round.
  ///   - count: how many speakers there are, where that is known; else the clear windows tell, and where they are one voice a second is looked for.
  static func answer(
    _ speech: [(start: Double, end: Double)], windows: [VoiceWindow], moments: [VoiceWindow],
    instants: [VoiceWindow] = [], count: Int?
  ) -> Answer? {
    let clear = Moments.clear(windows, moments).map(\.print)
    func best(_ count: Int?) -> Answer? {
      let first = Clustering.voices(clear, count: count)
      let all = Clustering.voices(windows.map(\.print), count: count ?? first.count)
      return [first, all].filter { !$0.isEmpty }
        .map { follow(speech, windows: windows, moments: moments, voices: $0) }
        .max { $0.match < $1.match }
    }
    guard var answer = best(count) else { return nil }
    if count == nil, answer.voices.count == 1, let two = best(2), areApart(two, windows) {
      answer = two
    }
    answer.runs = contrasted(answer, speech, windows: windows, instants: instants)
    return answer
  }

  /// Whether two voices are two: each has windows of its own that are less like the other's than those of one voice are.
  private static func areApart(_ answer: Answer, _ windows: [VoiceWindow]) -> Bool {
    let own = members(windows, of: answer.runs, answer.voices.count)
    let total = own.reduce(0) { $0 + $1.count }
    guard own.count == 2, own.allSatisfy({ $0.count >= max(leastOwn, total / 10) }) else {
      return false
    }
    let across = Clustering.likeness(own[0], own[1])
    let inside = own.map { Clustering.likeness($0, $0) }
    return across < apart * (inside[0] + inside[1]) / 2
  }

  /// The runs heard again with what tells these voices apart.
  private static func contrasted(
    _ answer: Answer, _ speech: [(start: Double, end: Double)], windows: [VoiceWindow],
    instants: [VoiceWindow]
  ) -> [Run] {
    var runs = answer.runs
    let count = answer.voices.count
    for _ in 0..<rounds {
      let short = members(instants, of: runs, count)
      let long = members(windows, of: runs, count)
      guard let contrast = VoiceContrast(moments: short, others: long) else { break }
      runs = Timeline(windows: instants, count: count, pace: .moments, scores: contrast.scores)
        .runs(speech)
    }
    return runs
  }

  /// Follows some voices through the speech; each round hears them again in what the last gave them.
  static func follow(
    _ speech: [(start: Double, end: Double)], windows: [VoiceWindow], moments: [VoiceWindow],
    voices first: [VoicePrint]
  ) -> Answer {
    var voices = first
    for _ in 0..<rounds {
      let runs = Timeline(windows: moments, voices: voices, pace: .moments).runs(speech)
      let long = members(windows, of: runs, voices.count)
      let short = members(moments, of: runs, voices.count)
      voices = voices.indices.map { voice in
        let members = long[voice] + short[voice]
        guard members.count >= leastWindows else { return voices[voice] }
        return VoicePrint(mean: members) ?? voices[voice]
      }
    }
    let last = Timeline(windows: moments, voices: voices, pace: .moments).heard(speech)
    return Answer(voices: first, runs: last.runs, match: last.match)
  }

  /// Prints of the windows that lie inside one run, by its voice.
  private static func members(
    _ windows: [VoiceWindow], of runs: [Run], _ count: Int
  ) -> [[VoicePrint]] {
    var result = [[VoicePrint]](repeating: [], count: count)
    var first = 0
    for window in windows {
      while first < runs.count, runs[first].end < window.end - 0.03 { first += 1 }
      guard first < runs.count else { break }
      if runs[first].start <= window.start + 0.03 { result[runs[first].voice].append(window.print) }
    }
    return result
  }
}
