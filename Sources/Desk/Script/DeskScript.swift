import Terminal

/// A session written down: keys to press, screens to wait for and to keep.
///
/// A line is keys by their names (`n`, `Enter`, `ctrl-p`), a comment (`#`), or one of
/// `:wait TEXT`, `:gone TEXT`, `:type TEXT`, `:paste TEXT`, `:size 80x24`, `:click ROW COLUMN`, `:limit SECONDS`,
/// `:save-screen FILE`.
public struct DeskScript: Hashable, Sendable {
  /// A step and its line.
  struct Line: Hashable, Sendable {
    let number: Int
    let step: Step
  }

  /// One thing to do.
  enum Step: Hashable, Sendable {
    /// What the terminal sends.
    case event(InputEvent)
    /// Wait until the screen has this text, or has it no more.
    case wait(String, isThere: Bool)
    /// Keep the screen in a file.
    case save(String)
    /// Seconds that the waits below may take.
    case limit(Int)
  }

  /// What is wrong with a script; texts for people are made at the edge.
  public struct Problem: Error, Hashable, Sendable {
    /// The line, from 1.
    public let line: Int
    /// What stands there.
    public let text: String
  }

  /// Everything to do, in order.
  private(set) var steps: [Line] = []

  /// Reads a script.
  ///
  /// - Throws: ``Problem`` for the first line that makes no sense.
  public init(_ text: String) throws(Problem) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = line.split(separator: "\r", omittingEmptySubsequences: false)[0]
      guard let found = DeskScript.steps(of: String(line)) else {
        throw Problem(line: index + 1, text: String(line))
      }
      steps += found.map { Line(number: index + 1, step: $0) }
    }
  }

  private static func steps(of line: String) -> [Step]? {
    guard let first = line.first(where: { $0 != " " }), first != "#" else { return [] }
    guard line.hasPrefix(":"), line.count > 1 else {
      let keys = line.split(separator: " ").map { Key(name: String($0)) }
      return keys.contains(nil) ? nil : keys.compactMap(\.self).map { .event(.key($0)) }
    }
    let parts = line.dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    return step(parts[0], parts[1])
  }

  private static func step(_ word: String, _ rest: String) -> [Step]? {
    let numbers = rest.split { " x".contains($0) }.map { Int($0) ?? -1 }
    let areNumbers = numbers.allSatisfy { (0...10_000).contains($0) }
    switch word {
    case "wait": return [.wait(rest, isThere: true)]
    case "gone": return [.wait(rest, isThere: false)]
    case "type": return rest.map { .event(.key(.character($0))) }
    case "paste": return [.event(.paste(rest))]
    case "save-screen": return [.save(rest)]
    case "limit" where numbers.count == 1 && areNumbers: return [.limit(numbers[0])]
    case "size" where numbers.count == 2 && areNumbers:
      return [.event(.resized(Size(rows: numbers[1], columns: numbers[0])))]
    case "click" where numbers.count == 2 && areNumbers:
      return [.event(.click(Point(row: numbers[0], column: numbers[1])))]
    default: return nil
    }
  }
}
