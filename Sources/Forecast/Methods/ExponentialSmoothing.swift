/// ETS(A,N,A): `y = l + s + e`, `l += α e`, `s += γ e` with a season of a week (Hyndman, Koehler, Ord and Snyder,
/// Forecasting with Exponential Smoothing, 2008).
///
/// For given α and γ the errors are linear in the eight initial states, so these are found exactly by least squares,
/// and only α and γ are searched for.
struct ExponentialSmoothing: Sendable {
  /// Smoothing of the level, 0 to 1.
  let alpha: Double
  /// Smoothing of the season, 0 to 1 - α.
  let gamma: Double
  /// Level and season before every position, `states[position * 8]` the level.
  private let states: [Double]

  private static let count = week + 1

  init(_ values: [Double]) {
    let search = NelderMead.minimum(start: [-1.5, -2.5], step: 1, iterations: 60) { point in
      let (alpha, gamma) = Self.parameters(point)
      return Self.initialStates(values, alpha, gamma).error
    }
    (alpha, gamma) = Self.parameters(search)
    let initial = Self.initialStates(values, alpha, gamma).states
    states = Self.run(values, alpha, gamma, initial)
  }

  func forecast(from origin: Int, step: Int) -> Double {
    states[origin * Self.count] + states[origin * Self.count + 1 + (origin + step) % week]
  }

  /// Any two numbers as an α within 0.001...0.9 and a γ within 0.001...(1 - α).
  private static func parameters(_ point: [Double]) -> (alpha: Double, gamma: Double) {
    let alpha = 0.001 + 0.899 * Logistic.value(point[0])
    return (alpha, 0.0005 + (0.98 - alpha) * Logistic.value(point[1]))
  }

  /// The states before every position.
  private static func run(
    _ values: [Double], _ alpha: Double, _ gamma: Double, _ initial: [Double]
  ) -> [Double] {
    var now = initial
    var all: [Double] = []
    all.reserveCapacity((values.count + 1) * count)
    for (index, value) in values.enumerated() {
      all.append(contentsOf: now)
      let error = value - now[0] - now[1 + index % week]
      now[0] += alpha * error
      now[1 + index % week] += gamma * error
    }
    all.append(contentsOf: now)
    return all
  }

  /// The initial states with the least squared errors, and the errors' sum of squares.
  private static func initialStates(
    _ values: [Double], _ alpha: Double, _ gamma: Double
  ) -> (states: [Double], error: Double) {
    // How each initial state, and the values themselves, move the errors: column 8 is that of the values.
    let columns = count + 1
    var states = Array(repeating: 0.0, count: columns * count)
    for state in 0..<count { states[state * count + state] = 1 }
    var normal = Array(repeating: 0.0, count: columns * columns)
    var errors = Array(repeating: 0.0, count: columns)
    states.withUnsafeMutableBufferPointer { states in
      errors.withUnsafeMutableBufferPointer { errors in
        normal.withUnsafeMutableBufferPointer { normal in
          for index in values.indices {
            let season = 1 + index % week
            for column in 0..<columns {
              let place = column * count
              let predicted = states[place] + states[place + season]
              let error = (column == count ? values[index] : 0) - predicted
              states[place] += alpha * error
              states[place + season] += gamma * error
              errors[column] = error
            }
            for row in 0..<columns {
              for column in row..<columns {
                normal[row * columns + column] += errors[row] * errors[column]
              }
            }
          }
        }
      }
    }
    return solve(normal)
  }

  /// Solves the normal equations; level and season share a constant, so a little of the identity is added.
  private static func solve(_ normal: [Double]) -> (states: [Double], error: Double) {
    let columns = count + 1
    let scale = (0..<count).reduce(0) { $0 + normal[$1 * columns + $1] } / Double(count)
    var matrix = Array(repeating: Array(repeating: 0.0, count: columns), count: count)
    for row in 0..<count {
      for column in 0..<count {
        matrix[row][column] = normal[min(row, column) * columns + max(row, column)]
      }
      matrix[row][row] += scale * 1e-6 + 1e-12
      matrix[row][count] = -normal[row * columns + count]
    }
    let states = LinearEquations.solve(&matrix)
    var error = normal[count * columns + count]
    for row in 0..<count {
      error += 2 * states[row] * normal[row * columns + count]
      for column in 0..<count {
        error +=
          states[row] * states[column]
          * normal[min(row, column) * columns + max(row, column)]
      }
    }
    return (states, error)
  }
}
