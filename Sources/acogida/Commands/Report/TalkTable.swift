import Messages
import Reports
import Speakers

/// The tables and charts of `report talk`.
enum TalkTable {
  /// One talk: a row for every speaker.
  static func one(
    _ measure: TalkMeasure, people: [String: Talk.Participant] = [:], _ catalogue: Catalogue
  ) -> Table {
    let title = { (name: String) in catalogue.text("report.column.\(name)") }
    var table = Table(
      "",
      [
        .init("speaker", title("speaker")), .init("role", title("role")),
        .init("group", title("group")), .init("share", title("share"), isNumber: true),
        .init("seconds", title("seconds"), isNumber: true),
        .init("turns", title("turns"), isNumber: true),
        .init("longest_turn", title("longestTurn"), isNumber: true),
        .init("interruptions", title("interruptions"), isNumber: true),
      ])
    for speaker in measure.speakers {
      let person = people[speaker.speaker]
      table.add([
        .text(speaker.speaker), person?.role.map { .text($0) } ?? .none,
        person?.group.map { .text($0) } ?? .none, .share(speaker.share),
        .number(speaker.seconds, decimals: 1), .number(Double(speaker.turns), decimals: 0),
        .number(speaker.longestTurn, decimals: 1),
        .number(Double(speaker.interruptions), decimals: 0),
      ])
    }
    return table
  }

  /// The shares of one talk as bars.
  static func bars(_ measure: TalkMeasure, _ catalogue: Catalogue) -> BarChart {
    BarChart(
      catalogue.text("report.talk.shares"),
      measure.speakers.map {
        .init($0.speaker, $0.share, number: Table.Cell.share($0.share).text)
      }, full: 1)
  }

  /// A part of the speech of a talk that belongs together.
  struct Part: Sendable {
    let category: String
    let key: String
    let share: Double
    let speaker: TalkMeasure.Speaker
    let silence: Double
    let seconds: Double
  }

  /// How talks are put together.
  enum Grouping: String, CaseIterable, Sendable { case role, group, category, speaker, pitch }

  /// The parts of talks: who is not known by what is asked for stays out.
  static func parts(
    _ talks: [Talk], by grouping: Grouping, _ catalogue: Catalogue
  ) -> [Part] {
    talks.flatMap { talk -> [Part] in
      let measure = talk.measure
      return measure.speakers.compactMap { speaker in
        let person = talk.people[speaker.speaker]
        let key: String? =
          switch grouping {
          case .role, .category: person?.role
          case .group: person?.group
          case .speaker: speaker.speaker
          case .pitch: person?.pitch.map { catalogue.text("pitch.\($0.rawValue)") }
          }
        return key.map {
          Part(
            category: grouping == .category ? talk.category : "", key: $0, share: speaker.share,
            speaker: speaker, silence: measure.silence, seconds: measure.seconds)
        }
      }
    }
  }

  /// Parts of one category and key.
  struct Cluster: Sendable {
    let category: String
    let key: String
    let parts: [Part]
    var label: String { category.isEmpty ? key : "\(category) · \(key)" }
  }

  static func clusters(_ parts: [Part]) -> [Cluster] {
    Dictionary(grouping: parts) { [$0.category, $0.key] }
      .map { Cluster(category: $0[0], key: $0[1], parts: $1) }
      .sorted { ($0.category, $0.key) < ($1.category, $1.key) }
  }

  /// Many talks: a row for every role or group; what is too small shows its number alone.
  static func many(_ clusters: [Cluster], least: Int, _ catalogue: Catalogue) -> Table {
    let title = { (name: String) in catalogue.text("report.column.\(name)") }
    let numbers = [
      "n", "share_mean", "share_q1", "share_median", "share_q3", "turns", "longest_turn",
      "interruptions_per_hour",
    ]
    let titles = [
      "n", "mean", "q1", "median", "q3", "turnsMean", "longestMean", "interruptionsRate",
    ]
    var table = Table(
      "",
      [.init("category", title("category")), .init("group", title("group"))]
        + zip(numbers, titles).map { .init($0, title($1), isNumber: true) })
    for cluster in clusters { table.add(row(cluster, least)) }
    return table
  }

  private static func row(_ cluster: Cluster, _ least: Int) -> [Table.Cell] {
    let parts = cluster.parts
    let head: [Table.Cell] = [
      .text(cluster.category), .text(cluster.key),
      parts.count >= least ? .number(Double(parts.count), decimals: 0) : .text("<\(least)"),
    ]
    guard parts.count >= least, let spread = Distribution(parts.map(\.share)) else {
      return head + [Table.Cell](repeating: .none, count: 7)
    }
    let mean = { (value: (Part) -> Double) in
      parts.reduce(0) { $0 + value($1) } / Double(parts.count)
    }
    let hours = parts.reduce(0) { $0 + $1.seconds } / 3_600
    let interruptions = parts.reduce(0.0) { $0 + Double($1.speaker.interruptions) }
    return head + [
      .share(spread.mean), .share(spread.lowerQuartile), .share(spread.median),
      .share(spread.upperQuartile), .number(mean { Double($0.speaker.turns) }, decimals: 1),
      .number(mean { $0.speaker.longestTurn }, decimals: 1),
      hours > 0 ? .number(interruptions / hours, decimals: 1) : .none,
    ]
  }

  /// The spread of the shares, for what is large enough.
  static func boxes(
    _ clusters: [Cluster], least: Int
  ) -> [(label: String, distribution: Distribution, number: String)] {
    clusters.filter { $0.parts.count >= least }.compactMap { cluster in
      Distribution(cluster.parts.map(\.share)).map { spread in
        (
          cluster.label, spread,
          "\(Table.Cell.share(spread.median).text) (\(Table.Cell.share(spread.low).text)–\(Table.Cell.share(spread.high).text))"
        )
      }
    }
  }
}
