import Foundation
import Messages
import Store
import Vault

/// Asks for a passphrase on the terminal, without showing it, or reads it from a file.
struct PassphrasePrompt: Sendable {
  private let catalogue: Catalogue

  init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  /// The file that holds the passphrase, for machines where nobody is asked.
  static let variable = "ACOGIDA_PASSPHRASE_FILE"

  /// The passphrase of the key, from the file that the environment names or from the terminal; nil where there is neither.
  static func unlock(_ catalogue: Catalogue) -> KeyUnlock {
    KeyUnlock { try? PassphrasePrompt(catalogue).ask("passphrase.key") }
  }

  /// Asks; nil when there is nobody to ask.
  func ask(_ key: String) throws -> Passphrase? {
    if let file = ProcessInfo.processInfo.environment[Self.variable], !file.isEmpty {
      return try Self.read(file)
    }
    guard var bytes = try line(catalogue.text(key) + " ") else { return nil }
    return bytes.isEmpty ? nil : try Passphrase(wiping: &bytes)
  }

  /// Asks for a new passphrase twice; both must be the same.
  func askTwice() throws -> Passphrase {
    guard var first = try line(catalogue.text("passphrase.new") + " "),
      var second = try line(catalogue.text("passphrase.again") + " ")
    else { throw Failure(key: "error.passphraseNobody", exitCode: 2) }
    guard !first.isEmpty, !second.isEmpty else {
      throw Failure(
        key: "error.passphraseShort", ["count": String(Passphrase.minimumLength)], exitCode: 64)
    }
    let words = try Passphrase(wiping: &first)
    guard Passphrase.isSame(words, try Passphrase(wiping: &second)) else {
      throw Failure(key: "error.passphraseDiffers", exitCode: 64)
    }
    return words
  }

  /// The first line of a file.
  static func read(_ path: String) throws -> Passphrase {
    var bytes = try Failure.reading(path) {
      Array(try Data(contentsOf: URL(fileURLWithPath: path)).prefix { $0 != UInt8(ascii: "\n") })
    }
    guard !bytes.isEmpty else {
      throw Failure(
        key: "error.passphraseShort", ["count": String(Passphrase.minimumLength)], exitCode: 64)
    }
    return try Passphrase(wiping: &bytes)
  }

  /// A line typed on the terminal, which does not show it; nil without a terminal.
  private func line(_ question: String) throws -> [UInt8]? {
    let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { return nil }
    defer { close(terminal) }
    var before = termios()
    guard tcgetattr(terminal, &before) == 0 else { return nil }
    var silent = before
    // Without signals too: a program ended here would leave a terminal that shows nothing.
    silent.c_lflag &= ~tcflag_t(ECHO | ISIG | ICANON)
    tcsetattr(terminal, TCSAFLUSH, &silent)
    defer {
      tcsetattr(terminal, TCSAFLUSH, &before)
      _ = write(terminal, "\r\n", 2)
    }
    Array(question.utf8).withUnsafeBytes { _ = write(terminal, $0.baseAddress, $0.count) }
    return try bytes(terminal)
  }

  private func bytes(_ terminal: Int32) throws -> [UInt8] {
    var line: [UInt8] = []
    // Growing would leave copies behind.
    line.reserveCapacity(1_024)
    while line.count < 1_024 {
      var byte: UInt8 = 0
      guard Foundation.read(terminal, &byte, 1) == 1 else { break }
      switch byte {
      case 10, 13, 4: return line
      case 3: throw CancellationError()
      case 8, 127: while let last = line.popLast(), last & 0xC0 == 0x80 {}
      case 21: line.removeAll(keepingCapacity: true)
      default: line.append(byte)
      }
    }
    return line
  }
}
