import Testing

@testable import Analytics

@Suite struct SmallGroupsTests {
  @Test(
    arguments: [
      // Nobody is few.
      ([("a", 7), ("b", 5)], ["a", "b"]),
      // One hidden group would follow from the total: the next one goes with it.
      ([("a", 9), ("b", 6), ("c", 2)], ["a"]),
      // Two hidden ones that are few together hide a third.
      ([("a", 9), ("b", 6), ("c", 2), ("d", 1)], ["a"]),
      ([("a", 9), ("b", 4), ("c", 3)], ["a"]),
      ([("a", 9), ("b", 1)], []),
      ([("a", 3)], []), ([("a", 0)], []), ([], []),
    ] as [([(String, Int)], [String])])
  func told(groups: [(String, Int)], names: [String]) {
    let told = SmallGroups.told(groups.map { (name: $0.0, people: $0.1) }, minimum: 5)
    #expect(told.sorted() == names)
  }
}
