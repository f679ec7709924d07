import Speakers

/// Listens for voices while the talk goes on. Not for use from two threads at once.
final class LiveVoices {
  var tracker: VoiceTracker
  private let printer: VoicePrinter
  /// Stretches of speech that may still be asked for, samples.
  private(set) var speech: [Range<Int64>] = []
  private var open: Range<Int64>?
  private var next: Int64 = 0

  /// Length of a window, samples.
  private static let length: Int64 = 24_000
  /// From one window to the next, samples: a live session has less time than a recording.
  private static let step: Int64 = 12_000
  /// Speech shorter than this tells nothing about a voice, samples.
  private static let shortest: Int64 = 8_000
  /// Stretches older than this are forgotten, samples: no segment is that long.
  private static let memory: Int64 = 60 * 16_000

  init(_ printer: VoicePrinter, technician: VoicePrint?) {
    self.printer = printer
    tracker = VoiceTracker(technician: technician)
  }

  /// Takes the next window of sound.
  func take(_ range: Range<Int64>, _ isSpeech: Bool, _ buffer: SoundBuffer) {
    if let current = open, !isSpeech || current.upperBound != range.lowerBound {
      end(current, buffer)
      open = nil
    }
    guard isSpeech else { return }
    let start = open?.lowerBound ?? range.lowerBound
    if open == nil { next = start }
    open = start..<range.upperBound
    while next + LiveVoices.length <= range.upperBound {
      add(next..<next + LiveVoices.length, buffer)
      next += LiveVoices.step
    }
  }

  /// Stretches of speech in a range, seconds.
  func speech(in range: Range<Int64>) -> [(start: Double, end: Double)] {
    (speech + (open.map { [$0] } ?? [])).filter { $0.overlaps(range) }.map {
      let part = $0.clamped(to: range)
      return (Double(part.lowerBound) / 16_000, Double(part.upperBound) / 16_000)
    }
  }

  private func end(_ stretch: Range<Int64>, _ buffer: SoundBuffer) {
    speech.append(stretch)
    speech.removeAll { $0.upperBound < stretch.upperBound - LiveVoices.memory }
    let length = Int64(stretch.count)
    if length < LiveVoices.length {
      if length >= LiveVoices.shortest { add(stretch, buffer) }
    } else if stretch.upperBound - (next - LiveVoices.step + LiveVoices.length) > 4_800 {
      add(stretch.upperBound - LiveVoices.length..<stretch.upperBound, buffer)
    }
  }

  private func add(_ range: Range<Int64>, _ buffer: SoundBuffer) {
    guard let print = printer.print(buffer[range]) else { return }
    tracker.add(
      VoiceWindow(
        start: Double(range.lowerBound) / 16_000, end: Double(range.upperBound) / 16_000,
        print: print))
  }
}
