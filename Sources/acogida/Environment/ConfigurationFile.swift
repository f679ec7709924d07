import Foundation

/// Changes single keys of the configuration file and leaves the rest, comments too, as it is.
enum ConfigurationFile {
  /// Sets a text; makes file and section where they are missing.
  static func set(_ key: String, to value: String, section: String, in file: URL) throws {
    let old = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    let text = setting(key, to: value, section: section, in: old)
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      try Data(text.utf8).write(to: file, options: .atomic)
      chmod(file.path, 0o600)
    } catch {
      throw Failure(key: "error.output", ["path": file.path, "reason": Failure.reason(error)])
    }
  }

  /// The text with the key set.
  static func setting(
    _ key: String, to value: String, section: String, in text: String
  ) -> String {
    let quoted = value.replacingOccurrences(of: "\\", with: "\\\\")
      .replacingOccurrences(of: "\"", with: "\\\"")
    let line = "\(key) = \"\(quoted)\""
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    let trimmed = lines.map { $0.trimmingCharacters(in: .whitespaces) }
    guard let header = trimmed.firstIndex(of: "[\(section)]") else {
      return (lines + (lines.isEmpty ? [] : [""]) + ["[\(section)]", line]).joined(separator: "\n")
        + "\n"
    }
    let end = trimmed[(header + 1)...].firstIndex { $0.hasPrefix("[") } ?? lines.count
    let place = (header + 1..<end).first { index in
      trimmed[index].split(separator: "=").first?.trimmingCharacters(in: .whitespaces) == key
    }
    if let place { lines[place] = line } else { lines.insert(line, at: header + 1) }
    return lines.joined(separator: "\n") + "\n"
  }
}
