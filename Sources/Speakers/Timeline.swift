/// Says from windows of speech and the voices in them who speaks when.
public struct Timeline: Sendable {
  /// How readily the speaker changes.
  public struct Pace: Sendable {
    /// Seconds a step has.
    let step: Double
    /// What changing the speaker costs, in similarity times steps.
    let changeCost: Float
    /// The same where a pause lies between the two steps: speakers change there.
    let changeCostAtPause: Float

    /// For ``WindowGrid/voices``: a change needs about a second of a clearly better match.
    public static let turns = Pace(step: 0.1, changeCost: 0.9, changeCostAtPause: 0.35)
    /// For ``WindowGrid/moments``: a change needs about a tenth of a second of a clearly better match.
    public static let moments = Pace(step: 0.05, changeCost: 0.2, changeCostAtPause: 0.08)
  }

  private let pace: Pace
  private let count: Int
  private let windows: [VoiceWindow]
  private let similarities: [[Float]]

  /// - Parameters:
  ///   - windows: in order of time.
  ///   - voices: mean print of each.
  ///   - pace: how readily the speaker changes; what suits the windows.
  public init(windows: [VoiceWindow], voices: [VoicePrint], pace: Pace = .turns) {
    self.init(windows: windows, count: voices.count, pace: pace) { print in
      voices.map { print.similarity($0) }
    }
  }

  /// - Parameters:
  ///   - windows: in order of time.
  ///   - count: how many voices there are.
  ///   - pace: how readily the speaker changes; what suits the windows.
  ///   - scores: how well each voice matches a print.
  init(
    windows: [VoiceWindow], count: Int, pace: Pace, scores: (VoicePrint) -> [Float]
  ) {
    self.pace = pace
    self.windows = windows
    self.count = count
    similarities = windows.map { scores($0.print) }
  }

  /// Who speaks in some stretches of speech: runs of one voice, by its number.
  ///
  /// - Parameter speech: stretches in order of time, seconds.
  public func runs(
    _ speech: [(start: Double, end: Double)]
  ) -> [(start: Double, end: Double, voice: Int)] {
    heard(speech).runs
  }

  /// The runs, and how well their voices match what is heard: the mean similarity over the steps.
  func heard(
    _ speech: [(start: Double, end: Double)]
  ) -> (runs: [(start: Double, end: Double, voice: Int)], match: Float) {
    guard count > 0 else { return ([], 0) }
    let steps = steps(speech)
    let path = path(steps)
    var result: [(start: Double, end: Double, voice: Int)] = []
    var match: Float = 0
    for (step, voice) in zip(steps, path) {
      match += step.scores[voice]
      if let last = result.last, last.voice == voice, !step.isAfterPause {
        result[result.count - 1].end = step.end
      } else {
        result.append((step.start, step.end, voice))
      }
    }
    return (result, match / Float(max(1, steps.count)))
  }

  private struct Step {
    let start: Double
    let end: Double
    let isAfterPause: Bool
    let scores: [Float]
  }

  private func steps(_ speech: [(start: Double, end: Double)]) -> [Step] {
    var steps: [Step] = []
    var first = 0
    for stretch in speech where stretch.end > stretch.start {
      let count = max(1, Int(((stretch.end - stretch.start) / pace.step).rounded()))
      let length = (stretch.end - stretch.start) / Double(count)
      for index in 0..<count {
        let start = stretch.start + Double(index) * length
        let middle = start + length / 2
        while first < windows.count, windows[first].end < middle - 2 { first += 1 }
        steps.append(
          Step(
            start: start, end: start + length, isAfterPause: index == 0,
            scores: scores(at: middle, from: first)))
      }
    }
    return steps
  }

  /// How well each voice matches there: windows that have the moment in their middle count most.
  private func scores(at time: Double, from first: Int) -> [Float] {
    var sum = [Float](repeating: 0, count: count)
    var weights: Float = 0
    for index in first..<max(first, windows.count) {
      let window = windows[index]
      if window.start > time { break }
      guard window.end >= time else { continue }
      let half = max(0.05, (window.end - window.start) / 2)
      let weight = Float(max(0.02, 1 - abs(time - window.middle) / half))
      weights += weight
      for voice in sum.indices { sum[voice] += weight * similarities[index][voice] }
    }
    return weights > 0 ? sum.map { $0 / weights } : sum
  }

  /// The best sequence of voices (Viterbi).
  private func path(_ steps: [Step]) -> [Int] {
    guard let first = steps.first else { return [] }
    var totals = first.scores
    var back: [[Int]] = []
    for step in steps.dropFirst() {
      let cost = step.isAfterPause ? pace.changeCostAtPause : pace.changeCost
      var from = Array(totals.indices)
      let best = totals.indices.max { totals[$0] < totals[$1] } ?? 0
      var next = totals
      for voice in totals.indices {
        if totals[best] - cost > totals[voice] {
          from[voice] = best
          next[voice] = totals[best] - cost
        }
        next[voice] += step.scores[voice]
      }
      totals = next
      back.append(from)
    }
    var voice = totals.indices.max { totals[$0] < totals[$1] } ?? 0
    var path = [voice]
    for from in back.reversed() {
      voice = from[voice]
      path.append(voice)
    }
    return path.reversed()
  }
}
