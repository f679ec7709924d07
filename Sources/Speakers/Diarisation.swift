/// Who spoke when in a whole recording.
public enum Diarisation {
  /// Similarity above which a voice is the enrolled one. Different voices stay below 0.4.
  public static let enrolled: Float = 0.5

  /// The speakers of a recording.
  ///
  /// - Parameters:
  ///   - speech: stretches in which somebody speaks, in order of time, seconds.
  ///   - windows: prints of windows of that speech (``WindowGrid/voices``).
  ///   - moments: prints of shorter windows of it (``WindowGrid/moments``); none where changes need not be found that exactly.
  ///   - instants: prints of still shorter ones (``WindowGrid/instants``); with them short turns and changes are found more exactly.
  ///   - count: how many speakers there are, where that is known.
  ///   - technician: the enrolled voice.
  public static func spans(
    speech: [(start: Double, end: Double)], windows: [VoiceWindow], moments: [VoiceWindow] = [],
    instants: [VoiceWindow] = [], count: Int? = nil, technician: VoicePrint? = nil
  ) -> [SpeakerSpan] {
    if !moments.isEmpty,
      let answer = Moments.answer(
        speech, windows: windows, moments: moments, instants: instants, count: count)
    {
      return spans(answer.runs, labels(answer.voices, technician: technician))
    }
    let voices = Clustering.voices(windows.map(\.print), count: count)
    guard !voices.isEmpty else {
      return speech.map {
        SpeakerSpan(start: $0.start, end: $0.end, speaker: SpeakerLabel.number(0))
      }
    }
    return spans(
      Timeline(windows: windows, voices: voices).runs(speech),
      labels(voices, technician: technician))
  }

  private static func spans(
    _ runs: [(start: Double, end: Double, voice: Int)], _ labels: [String]
  ) -> [SpeakerSpan] {
    runs.map { SpeakerSpan(start: $0.start, end: $0.end, speaker: labels[$0.voice]) }
  }

  /// Labels of voices: the enrolled one is the technician, and of two the other is the person.
  static func labels(_ voices: [VoicePrint], technician: VoicePrint?) -> [String] {
    let numbers = voices.indices.map(SpeakerLabel.number)
    guard let technician, let nearest = Clustering.nearest(technician, voices),
      technician.similarity(voices[nearest]) >= enrolled
    else { return numbers }
    return voices.indices.map { index in
      if index == nearest { return SpeakerLabel.technician }
      return voices.count == 2 ? SpeakerLabel.person : numbers[index]
    }
  }
}
