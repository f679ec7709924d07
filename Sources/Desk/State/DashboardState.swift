/// The numbers of the organisation as the desk shows them: counts in which nobody can be found.
public struct DashboardState: Hashable, Sendable {
  /// A number at the top.
  public struct Figure: Hashable, Sendable {
    /// The catalogue key of what it is.
    public let title: String
    /// The number; nil where it is not told.
    public let value: Int?

    /// Makes it from its parts.
    public init(title: String, value: Int?) {
      self.title = title
      self.value = value
    }
  }

  /// A week, day by day.
  public struct Week: Hashable, Sendable {
    /// Its Monday, ISO 8601.
    public let monday: String
    /// Interviews from Monday on; days that are still to come are missing.
    public let days: [Int]

    /// Makes it from its parts.
    public init(monday: String, days: [Int]) {
      self.monday = monday
      self.days = days
    }
  }

  /// A bar of a chart.
  public struct Bar: Hashable, Sendable {
    /// What stands beside it, in the language of the desk.
    public let label: String
    /// Its length; nil where it is not told.
    public let value: Double?
    /// The band around it, where there is one.
    public let band: ClosedRange<Double>?

    /// Makes it from its parts.
    public init(_ label: String, _ value: Double?, band: ClosedRange<Double>? = nil) {
      self.label = label
      self.value = value
      self.band = band
    }
  }

  /// Bars under a title.
  public struct Chart: Hashable, Sendable {
    /// The catalogue key of its title.
    public let title: String
    /// The bars from top to bottom.
    public let bars: [Bar]
    /// What a bar over the whole width stands for; nil: the longest one.
    public let full: Double?

    /// Makes it from its parts.
    public init(title: String, bars: [Bar], full: Double? = nil) {
      self.title = title
      self.bars = bars
      self.full = full
    }
  }

  /// Numbers at the top.
  public let figures: [Figure]
  /// The last weeks, the latest first.
  public let weeks: [Week]
  /// The charts in order.
  public let charts: [Chart]
  /// The fewest people that are told.
  public let minimum: Int

  /// Makes it from its parts.
  public init(figures: [Figure], weeks: [Week], charts: [Chart], minimum: Int) {
    self.figures = figures
    self.weeks = weeks
    self.charts = charts
    self.minimum = minimum
  }
}
