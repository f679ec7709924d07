/// What tells some known voices apart in short windows: Fisher's linear discriminant analysis.
///
/// The cosine counts every direction alike. Here directions in which windows of one voice differ from each other (what is said) count
/// little. With few windows for many directions their covariance is pulled towards the same in all directions (Ledoit and Wolf, 2004).
struct VoiceContrast {
  /// Windows that the covariance is made of; of more that many, evenly spread.
  private static let most = 1_500
  /// Windows that a voice needs.
  private static let leastWindows = 3

  private let directions: [[Double]]
  private let offsets: [Double]
  private let scale: Double

  /// - Parameters:
  ///   - moments: short windows by their voice.
  ///   - others: more windows by their voice, for its mean alone.
  /// - Returns: nil where there are fewer than two voices, one has hardly a window, or they can't be told apart.
  init?(moments: [[VoicePrint]], others: [[VoicePrint]]) {
    guard moments.count > 1, moments.count == others.count,
      moments.allSatisfy({ $0.count >= VoiceContrast.leastWindows })
    else { return nil }
    let means = zip(moments, others).map { VoiceContrast.mean($0 + $1) }
    guard let factor = Cholesky(VoiceContrast.covariance(moments)) else { return nil }
    directions = means.map { factor.solve($0) }
    offsets = zip(means, directions).map { VoiceContrast.dot($0, $1) / 2 }
    // Scores differ as much between two voices as cosines would, so that a change of speaker costs the same.
    let cosines = means.map { mean in
      let length = VoiceContrast.dot(mean, mean).squareRoot()
      return mean.map { $0 / max(length, 1e-9) }
    }
    var (wanted, given) = (0.0, 0.0)
    for one in means.indices {
      for other in means.indices where other < one {
        let apart = zip(means[one], means[other]).map { $0 - $1 }
        wanted += VoiceContrast.dot(apart, zip(cosines[one], cosines[other]).map { $0 - $1 })
        given += VoiceContrast.dot(apart, zip(directions[one], directions[other]).map { $0 - $1 })
      }
    }
    guard given > 1e-9 else { return nil }
    scale = wanted / given
  }

  /// How well each voice matches a print; only differences mean something.
  func scores(_ print: VoicePrint) -> [Float] {
    zip(directions, offsets).map { direction, offset in
      var sum = -offset
      for (value, weight) in zip(print.values, direction) { sum += Double(value) * weight }
      return Float(sum * scale)
    }
  }

  private static func mean(_ prints: [VoicePrint]) -> [Double] {
    var sum = [Double](repeating: 0, count: prints.first?.values.count ?? 0)
    for print in prints { for index in sum.indices { sum[index] += Double(print.values[index]) } }
    return sum.map { $0 / Double(max(1, prints.count)) }
  }

  /// Covariance inside the voices, plus as much again the same in all directions.
  private static func covariance(_ moments: [[VoicePrint]]) -> [[Double]] {
    let size = moments[0][0].values.count
    let total = moments.reduce(0) { $0 + $1.count }
    let stride = max(1, total / most)
    var sum = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    var count = 0
    for prints in moments {
      let mean = mean(prints)
      for index in Swift.stride(from: 0, to: prints.count, by: stride) {
        let off = zip(prints[index].values, mean).map { Double($0) - $1 }
        for row in 0..<size { for column in 0...row { sum[row][column] += off[row] * off[column] } }
        count += 1
      }
    }
    let spread = (0..<size).reduce(0) { $0 + sum[$1][$1] } / Double(size * count)
    for row in 0..<size {
      for column in 0...row { sum[row][column] /= Double(count) }
      sum[row][row] += spread
    }
    return sum
  }

  private static func dot(_ one: [Double], _ other: [Double]) -> Double {
    zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

/// The lower triangle whose product with its transpose is a matrix.
private struct Cholesky {
  private var rows: [[Double]]

  /// - Parameter matrix: symmetric; only its lower triangle is read.
  /// - Returns: nil where it is not positive definite.
  init?(_ matrix: [[Double]]) {
    rows = matrix
    for row in rows.indices {
      for column in 0...row {
        var sum = matrix[row][column]
        for index in 0..<column { sum -= rows[row][index] * rows[column][index] }
        if row == column {
          guard sum > 0 else { return nil }
          rows[row][row] = sum.squareRoot()
        } else {
          rows[row][column] = sum / rows[column][column]
        }
      }
    }
  }

  /// What times the matrix is that vector.
  func solve(_ vector: [Double]) -> [Double] {
    var result = vector
    for row in rows.indices {
      for column in 0..<row { result[row] -= rows[row][column] * result[column] }
      result[row] /= rows[row][row]
    }
    for row in rows.indices.reversed() {
      for below in rows.indices[(row + 1)...] { result[row] -= rows[below][row] * result[below] }
      result[row] /= rows[row][row]
    }
    return result
  }
}
