import Foundation

/// Tells which line of a file is not UTF-8, so that an editor's wrong setting is found.
public enum UTF8Lines {
  /// The first line (from 1) that is not UTF-8; nil when all are.
  public static func firstWrong(_ data: Data) -> Int? {
    guard String(data: data, encoding: .utf8) == nil else { return nil }
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let index = lines.firstIndex { String(data: Data($0), encoding: .utf8) == nil }
    return (index ?? 0) + 1
  }
}
