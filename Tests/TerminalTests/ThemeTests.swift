import Testing

@testable import Terminal

@Suite struct ThemeTests {
  @Test func namesAreUniqueAndFound() {
    let names = Theme.table.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { Theme(named: $0)?.name == $0 })
    #expect(Theme(named: "nosuch") == nil)
  }

  @Test func theDefaultLeavesColoursToTheTerminal() {
    let theme = Theme.table[0]
    #expect(Color.allCases.allSatisfy { theme.foreground($0, colors: 256) == $0.ansi })
    #expect(theme.background(.standard, colors: 256) == nil)
  }

  /// Text never has the colour of what is behind it, at any depth.
  @Test(arguments: Theme.table.map(\.name), [8, 16, 256])
  func everythingCanBeSeen(name: String, colors: Int) throws {
    let theme = try #require(Theme(named: name))
    guard let ground = theme.background(.standard, colors: colors) else { return }
    for color in Color.allCases where color != .black {
      let text = try #require(theme.foreground(color, colors: colors))
      #expect(text % (colors < 16 ? 8 : colors) != ground % (colors < 16 ? 8 : colors), "\(color)")
    }
  }
}
