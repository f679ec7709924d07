/// Which groups may be told without anybody being found among few.
enum SmallGroups {
  /// The names of the groups that are told, of some that make a total which is told too.
  ///
  /// A group below the minimum is hidden. What is hidden must not follow from the rest: the smallest others are hidden with it until
  /// at least two groups and the minimum of people are (secondary suppression, as national statistics offices do it).
  static func told(_ groups: [(name: String, people: Int)], minimum: Int) -> Set<String> {
    let some = groups.filter { $0.people > 0 }.sorted {
      ($0.people, $0.name) < ($1.people, $1.name)
    }
    var hidden = some.prefix { $0.people < minimum }.count
    guard hidden > 0 else { return Set(some.map(\.name)) }
    while hidden < some.count,
      hidden < 2 || some[..<hidden].reduce(0, { $0 + $1.people }) < minimum
    {
      hidden += 1
    }
    return Set(some[hidden...].map(\.name))
  }
}
