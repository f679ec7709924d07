import Foundation

/// A way to forecast a daily series with a weekly season.
public enum ForecastMethod: String, Hashable, Sendable, CaseIterable {
  /// What the same weekday last had: the floor that every other way must beat.
  case seasonalNaive = "seasonal_naive"
  /// The mean of the same weekday in the last four weeks.
  case weekdayMean = "weekday_mean"
  /// The median of the same weekday in the last four weeks.
  case weekdayMedian = "weekday_median"
  /// Exponential smoothing with additive errors, no trend and an additive season, ETS(A,N,A).
  case exponentialSmoothing = "ets_ana"
  /// The Theta method.
  case theta
  /// The mean of ``exponentialSmoothing``, ``theta`` and ``weekdayMedian``.
  case mean
  /// The middle one of the same three: one that goes astray does not count. The default; see `benchmarks/forecast`.
  case middle
  /// Croston's method in the variant of Syntetos and Boylan, for demand with many zeros and no weekly pattern.
  case sparse = "sba"

  /// Forecasts for the days that follow `values`, never below zero.
  ///
  /// - Parameter values: at least one week; weekday by position, so without gaps.
  public func forecast(_ values: [Double], horizon: Int) -> [Double] {
    fit(values).forecast(from: values.count, horizon: horizon)
  }

  /// Finds the parameters on `values`, and what follows from every position of them.
  func fit(_ values: [Double]) -> FittedMethod {
    switch self {
    case .seasonalNaive: FittedMethod([.seasonal(WeekdayMean(values, weeks: 1))])
    case .weekdayMean: FittedMethod([.seasonal(WeekdayMean(values, weeks: 4))])
    case .weekdayMedian: FittedMethod([.seasonal(WeekdayMean(values, weeks: 4, isMedian: true))])
    case .exponentialSmoothing: FittedMethod([.smoothing(ExponentialSmoothing(values))])
    case .theta: FittedMethod([.theta(Theta(values))])
    case .sparse: FittedMethod([.croston(Croston(values))])
    case .mean, .middle:
      FittedMethod(
        [
          .smoothing(ExponentialSmoothing(values)), .theta(Theta(values)),
          .seasonal(WeekdayMean(values, weeks: 4, isMedian: true)),
        ], isMean: self == .mean)
    }
  }
}

/// Days in a season.
let week = 7

/// A method with its parameters: tells what it would have said at any position of the series.
struct FittedMethod: Sendable {
  enum Part: Sendable {
    case seasonal(WeekdayMean)
    case smoothing(ExponentialSmoothing)
    case theta(Theta)
    case croston(Croston)

    func forecast(from origin: Int, step: Int) -> Double {
      switch self {
      case .seasonal(let method): method.forecast(from: origin, step: step)
      case .smoothing(let method): method.forecast(from: origin, step: step)
      case .theta(let method): method.forecast(from: origin, step: step)
      case .croston(let method): method.forecast(from: origin)
      }
    }
  }

  let parts: [Part]

  /// Whether the parts' mean is taken, not the one in the middle.
  private let isMean: Bool

  init(_ parts: [Part], isMean: Bool = false) {
    self.parts = parts
    self.isMean = isMean
  }

  /// The forecasts for `horizon` days from a position, from what stands before it alone, but with the parameters of all.
  func forecast(from origin: Int, horizon: Int) -> [Double] {
    (0..<horizon).map { step in
      let values = parts.map { max(0, $0.forecast(from: origin, step: step)) }
      return isMean ? Statistics.mean(values) : values.sorted()[values.count / 2]
    }
  }
}
