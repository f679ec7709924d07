import Speakers
import Transcription

/// A part of a segment in which one speaker talks.
struct VoicePiece {
  let cut: Segmenter.Cut
  let speaker: String?

  /// The parts of a segment, by what is known about who speaks.
  static func pieces(_ cut: Segmenter.Cut, _ voices: LiveDecoder.Voices) -> [VoicePiece] {
    switch voices {
    case .nothing: [VoicePiece(cut: cut, speaker: nil)]
    case .known(let spans): pieces(cut, runs(cut, spans))
    case .heard(let heard):
      pieces(
        cut,
        heard.tracker.split(heard.speech(in: cut.start..<cut.speechEnd)).map {
          Run(start: Int64($0.start * 16_000), end: Int64($0.end * 16_000), speaker: $0.speaker)
        })
    }
  }

  /// Speech of one speaker inside a segment, samples.
  struct Run: Hashable {
    let start: Int64
    var end: Int64
    let speaker: String?
  }

  /// Speech shorter than this is no piece of its own, samples: the recogniser would hear little in it.
  private static let shortest: Int64 = 6_400

  /// The runs of known spans inside a segment.
  static func runs(_ cut: Segmenter.Cut, _ spans: [VoiceSpan]) -> [Run] {
    var runs: [Run] = []
    for span in spans where span.end > cut.start && span.start < cut.speechEnd {
      let (start, end) = (max(span.start, cut.start), min(span.end, cut.speechEnd))
      if let last = runs.last, last.speaker == span.speaker || end - start < shortest {
        runs[runs.count - 1].end = max(last.end, end)
      } else if runs.count == 1, runs[0].end - runs[0].start < shortest {
        runs[0] = Run(start: runs[0].start, end: end, speaker: span.speaker)
      } else {
        runs.append(Run(start: start, end: end, speaker: span.speaker))
      }
    }
    return runs
  }

  /// Cuts a segment in the middle between runs.
  private static func pieces(_ cut: Segmenter.Cut, _ runs: [Run]) -> [VoicePiece] {
    guard runs.count > 1 else { return [VoicePiece(cut: cut, speaker: runs.first?.speaker)] }
    return runs.indices.map { index in
      let start = index == 0 ? cut.start : (runs[index - 1].end + runs[index].start) / 2
      let isLast = index == runs.count - 1
      let end = isLast ? cut.end : (runs[index].end + runs[index + 1].start) / 2
      let piece = Segmenter.Cut(
        start: start, end: max(start, end),
        speechEnd: isLast ? cut.speechEnd : min(end, runs[index].end), peak: cut.peak,
        speech: max(cut.speech / Int64(runs.count), min(cut.speech, end - start)), isPiece: true)
      return VoicePiece(cut: piece, speaker: runs[index].speaker)
    }
  }
}
