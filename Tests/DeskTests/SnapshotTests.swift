import Extraction
import Foundation
import Interview
import Terminal
import Testing

@testable import Desk

/// Every view at every kind of size in both languages, as pictures in `Snapshots`.
///
/// `ACOGIDA_RECORD_SNAPSHOTS=1` writes them anew; a missing one fails.
@Suite struct SnapshotTests {
  static let sizes = [
    Size(rows: 24, columns: 80), Size(rows: 40, columns: 120), Size(rows: 12, columns: 40),
  ]

  static let scenes: [(String, @Sendable (String) throws -> Scene)] = [
    ("home", { try Scene.home(language: $0) }),
    ("home-empty", { try Scene.home(language: $0, isEmpty: true) }),
    (
      "home-search",
      { language in
        var scene = try Scene.home(language: language)
        _ = scene.press(.character("/"))
        scene.type("lópez 612")
        let found = scene.state.home.lists.map { Array($0.today.suffix(1)) } ?? []
        _ = scene.state.update(
          .found(HomeState.Search(query: "lópez 612", found: found, isRunning: false)),
          size: sizes[0])
        return scene
      }
    ),
    ("discard", { try Scene.home(language: $0, keys: [Key(.down), .character("x")]) }),
    ("export", { try Scene.home(language: $0, keys: [.character("e")]) }),
    (
      "export-taken",
      { language in
        var scene = try Scene.home(language: language, keys: [.character("e")])
        for case .export(let request) in scene.press(Key(.enter)) {
          _ = scene.state.update(.exportIsTaken(request), size: sizes[0])
        }
        return scene
      }
    ),
    (
      "working",
      { language in
        var scene = try Scene.home(language: language, keys: [.character("e"), Key(.enter)])
        let progress = DeskState.LongWork(.export, done: 42_000, total: 100_000)
        _ = scene.state.update(.working(progress), size: sizes[0])
        return scene
      }
    ),
    (
      "loading",
      { language in
        var scene = try Scene.talk(language: language)
        _ = scene.state.update(.engine(.loading(seconds: 4)), size: sizes[0])
        return scene
      }
    ),
    ("record", { try Scene.record(language: $0) }),
    ("dashboard", { try Scene.dashboard(language: $0) }),
    ("dashboard-on", { try Scene.dashboard(language: $0, keys: [Key(.pageDown)]) }),
    ("dashboard-reading", { try Scene.home(language: $0, keys: [.character("d")]) }),
    ("help-home", { try Scene.home(language: $0, keys: [.function(1)]) }),
    ("consent", { try Scene(language: $0) }),
    ("consent-again", { try talk($0, [.character("c")]) }),
    ("consent-typing", { try Scene(language: $0, hasSound: false) }),
    ("talk", { try Scene.talk(language: $0) }),
    (
      "listening",
      { language in
        var scene = try Scene(language: language)
        _ = scene.press(Key(.enter))
        scene.happen(.recording(.started))
        return scene
      }
    ),
    ("doubtful", { try talk($0, [Key(.down), Key(.down)]) }),
    ("paused", { try talk($0, [.character("p")]) }),
    (
      "editing",
      { language in
        let number = "12345678A".map { Key.character($0) }
        let open = [Key(.down), Key(.down), .character("e"), .control("u")]
        return try talk(language, open + number + [Key(.enter)])
      }
    ),
    (
      "choosing",
      { language in
        try talk(language, Array(repeating: Key(.down), count: 15) + [.character("e")])
      }
    ),
    (
      "type-ahead",
      { language in
        try talk(
          language,
          Array(repeating: Key(.down), count: 15) + [.character("e"), .character("a")])
      }
    ),
    (
      "scrolled-back",
      { language in
        var scene = try Scene.talk(language: language)
        _ = scene.press(Key(.pageUp), size: sizes[2])
        scene.happen(.settled(TranscriptSegment(id: 7, start: 50, end: 52, text: "Algo nuevo.")))
        return scene
      }
    ),
    (
      "search",
      { language in
        let words = "tetuan".map { Key.character($0) }
        return try talk(language, [.character("/")] + words + [Key(.enter)])
      }
    ),
    (
      "review",
      { language in
        var scene = try Scene.talk(language: language)
        scene.happen(.recording(.stopped(position: 16_000 * 60)))
        return scene
      }
    ),
    (
      "hearing",
      { language in
        var scene = try Scene.talk(language: language)
        for case .play(let playback) in scene.press(.character("h")) {
          _ = scene.state.update(.playing(playback), size: sizes[0])
        }
        return scene
      }
    ),
    ("help", { try talk($0, [.function(1)]) }),
    ("submit", { try talk($0, [.character("s")]) }),
    ("quit", { try talk($0, [.character("q")]) }),
    ("duplicate-warning", { try Scene.duplicates(language: $0) }),
    ("duplicates", { try Scene.duplicates(language: $0, keys: [.character("D")]) }),
    (
      "duplicate-reason",
      {
        try Scene.duplicates(
          language: $0, keys: [.character("D"), Key(.down), .character("m")])
      }
    ),
    ("cover", { try talk($0, [.function(8)]) }),
    (
      "cover-passphrase",
      { language in
        var scene = try Scene.talk(language: language)
        scene.state.coverRules.hasPassphrase = true
        _ = scene.press(.control("x"))
        scene.type("abc")
        return scene
      }
    ),
    (
      "receipt",
      { language in
        var scene = try Scene.talk(language: language)
        scene.happen(.recording(.stopped(position: 16_000 * 60)))
        scene.happen(.submitted)
        _ = scene.state.update(
          .submitted(id: "a0000000-0000-4000-8000-000000000001", unsent: 3), size: sizes[0])
        return scene
      }
    ),
    (
      "no-microphone",
      { language in
        var scene = try Scene.talk(language: language)
        scene.happen(.recording(.deviceLost(position: 16_000 * 40)))
        _ = scene.state.update(.engine(.failed), size: sizes[0])
        return scene
      }
    ),
  ]

  /// A talk in full swing after these keys.
  private static func talk(_ language: String, _ keys: [Key]) throws -> Scene {
    var scene = try Scene.talk(language: language)
    for key in keys { _ = scene.press(key) }
    return scene
  }

  @Test(arguments: scenes.map(\.0), ["es", "en"])
  func pictures(name: String, language: String) throws {
    let make = try #require(SnapshotTests.scenes.first { $0.0 == name }).1
    let scene = try make(language)
    for size in SnapshotTests.sizes {
      let isLargest = size.columns == 80
      let picture = render(scene.state, size).dump(styles: isLargest)
      try compare(picture, "\(name)-\(language)-\(size.columns)x\(size.rows)")
    }
  }

  @Test(arguments: [
    Size(rows: 8, columns: 30), Size(rows: 24, columns: 39), Size(rows: 11, columns: 39),
    Size(rows: 1, columns: 12),
  ])
  func tooSmall(size: Size) throws {
    let picture = render(try Scene.talk().state, size).dump()
    try compare(picture, "too-small-es-\(size.columns)x\(size.rows)")
  }

  private func compare(_ picture: String, _ name: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Snapshots/\(name).txt")
    if ProcessInfo.processInfo.environment["ACOGIDA_RECORD_SNAPSHOTS"] == "1" {
      try picture.write(to: file, atomically: true, encoding: .utf8)
    }
    let expected = try? String(contentsOf: file, encoding: .utf8)
    #expect(expected == picture, "\(name): ACOGIDA_RECORD_SNAPSHOTS=1 records it")
  }
}
