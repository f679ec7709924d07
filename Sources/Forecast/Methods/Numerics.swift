import Foundation

/// The logistic function.
enum Logistic {
  static func value(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}

/// Plain measures of numbers.
enum Statistics {
  static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }

  /// The correlation of the values with themselves `lag` positions later; 0 when they don't vary.
  static func autocorrelation(_ values: [Double], lag: Int) -> Double {
    guard values.count > lag else { return 0 }
    let mean = mean(values)
    var below = 0.0
    var above = 0.0
    for (index, value) in values.enumerated() {
      below += (value - mean) * (value - mean)
      if index >= lag { above += (value - mean) * (values[index - lag] - mean) }
    }
    return below > 0 ? above / below : 0
  }

  /// The value below which a share of sorted values lies, between neighbours by their distance (type 7 of Hyndman and Fan).
  static func quantile(sorted values: [Double], _ share: Double) -> Double {
    guard let last = values.last else { return 0 }
    let place = share * Double(values.count - 1)
    let index = Int(place)
    guard index + 1 < values.count else { return last }
    return values[index] + (place - Double(index)) * (values[index + 1] - values[index])
  }
}

/// Linear equations by elimination with pivots.
enum LinearEquations {
  /// Solves rows of `a1 ... an | b`; a singular direction gets 0.
  static func solve(_ rows: inout [[Double]]) -> [Double] {
    let count = rows.count
    for column in 0..<count {
      let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      guard abs(rows[column][column]) > 1e-300 else { continue }
      for row in column + 1..<max(column + 1, count) {
        let factor = rows[row][column] / rows[column][column]
        guard factor != 0 else { continue }
        for index in column...count { rows[row][index] -= factor * rows[column][index] }
      }
    }
    var solution = Array(repeating: 0.0, count: count)
    for row in (0..<count).reversed() {
      var value = rows[row][count]
      for column in row + 1..<max(row + 1, count) { value -= rows[row][column] * solution[column] }
      solution[row] = abs(rows[row][row]) > 1e-300 ? value / rows[row][row] : 0
    }
    return solution
  }
}

/// Search for a minimum without derivatives (Nelder and Mead, 1965).
enum NelderMead {
  static func minimum(
    start: [Double], step: Double, iterations: Int, _ function: ([Double]) -> Double
  ) -> [Double] {
    var points = [(start, function(start))]
    for axis in start.indices {
      var point = start
      point[axis] += step
      points.append((point, function(point)))
    }
    for _ in 0..<iterations {
      points.sort { $0.1 < $1.1 }
      let (best, worst) = (points[0].1, points[points.count - 1].1)
      if worst - best <= 1e-7 * (abs(best) + 1e-12) { break }
      improve(&points, function)
    }
    return points.min { $0.1 < $1.1 }?.0 ?? start
  }

  private static func improve(
    _ points: inout [([Double], Double)], _ function: ([Double]) -> Double
  ) {
    let last = points.count - 1
    let worst = points[last]
    let centre = worst.0.indices.map { axis in
      points[..<last].reduce(0) { $0 + $1.0[axis] } / Double(last)
    }
    func moved(_ factor: Double) -> ([Double], Double) {
      let point = zip(centre, worst.0).map { $0 + factor * ($1 - $0) }
      return (point, function(point))
    }
    let reflected = moved(-1)
    if reflected.1 < points[0].1 {
      let expanded = moved(-2)
      points[last] = expanded.1 < reflected.1 ? expanded : reflected
    } else if reflected.1 < points[last - 1].1 {
      points[last] = reflected
    } else {
      let contracted = moved(reflected.1 < worst.1 ? -0.5 : 0.5)
      if contracted.1 < min(worst.1, reflected.1) {
        points[last] = contracted
      } else {
        let best = points[0].0
        for index in 1...last {
          let point = zip(best, points[index].0).map { ($0 + $1) / 2 }
          points[index] = (point, function(point))
        }
      }
    }
  }
}
