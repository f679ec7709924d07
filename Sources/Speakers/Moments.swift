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

  /// Who speaks when, and the voices as they were first told apart.
  struct Answer {
    let voices: [VoicePrint]
    let runs: [(start: Double, end: Double, voice: Int)]
    /// How well the voices match what is heard, -1 to 1.
    let match: Float
  }

  /// Tells who speaks, from two beginnings: all windows tell voices apart, or only the clear ones. What matches better is taken.
  ///
  /// - Parameters:
  ///   - speech: stretches in order of time, seconds.
  ///   - windows: long ones, in order of time.
  ///   - moments: short ones, in order of time.
  ///   - count: how many speakers there are, where that is known; else the clear windows tell.
  static func answer(
    _ speech: [(start: Double, end: Double)], windows: [VoiceWindow], moments: [VoiceWindow],
    count: Int?
  ) -> Answer? {
    let clear = Clustering.voices(Moments.clear(windows, moments).map(\.print), count: count)
    let all = Clustering.voices(windows.map(\.print), count: count ?? clear.count)
    return [clear, all].filter { !$0.isEmpty }
      .map { follow(speech, windows: windows, moments: moments, voices: $0) }
      .max { $0.match < $1.match }
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
    _ windows: [VoiceWindow], of runs: [(start: Double, end: Double, voice: Int)], _ count: Int
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
