/// Reads from a query's program (https://sqlite.org/opcode.html) how often it walks over a streamed table.
struct WalkCount {
  /// Whether there is one walk, and no loop around it.
  private(set) var isOnce = false

  /// - Parameter program: a prepared `EXPLAIN`.
  init(_ program: SQLStatement) throws {
    var walk: Int64?
    // What stands between the place and the end is done the first time only.
    var doneOnce: [(place: Int64, end: Int64)] = []
    while try program.step() {
      let step = program.row
      guard step.count > 3, case .integer(let place) = step[0], case .integer(let to) = step[3]
      else { return }
      switch step[1].text {
      case "Once": doneOnce.append((place, to))
      case "VFilter":
        if walk != nil { return }
        walk = place
      case "Next", "Prev", "VNext", "SorterNext", "Goto":
        // All programs begin with a jump to their end and one back to their second instruction.
        guard let walk, to > 1, to <= walk else { break }
        let outside = doneOnce.filter { $0.place < walk && walk < $0.end }.map(\.place).max() ?? 0
        if to > outside { return }
      default: break
      }
    }
    isOnce = walk != nil
  }
}
