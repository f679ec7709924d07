import Foundation
import TerminalTestSupport
import TestSupport
import Testing

@testable import Vault

/// The covered desk with the real program.
@Suite struct CoverDeskTests {
  private func configure(_ program: Program, _ text: String) throws {
    let folder = program.folder + "/config/acogida"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/config.toml"))
  }

  @Test func nobodyIsThereAndTheScreenIsCovered() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      try configure(program, "[cover]\nidle_seconds = 1\n")
      let desk = try program.typedInterview()
      desk.send("eAna Núñez\r")
      try desk.wait(for: "Pantalla tapada")
      try desk.wait(for: "solo esconde la pantalla")
      #expect(!desk.screen.text.contains("Ana") && !desk.screen.text.contains("Identidad"))
      desk.send("\r")
      try desk.wait(for: "Ana Núñez")
      desk.signal(15)
      #expect(desk.waitForEnd() == 143)
    }
  }

  private static func holds(_ chunk: [UInt8], _ count: Int, _ bytes: [UInt8]) -> Bool {
    chunk.withUnsafeBytes { all in
      guard let base = all.baseAddress else { return false }
      var place = 0
      while place + bytes.count <= count,
        let found = memchr(base + place, Int32(bytes[0]), count - bytes.count - place + 1)
      {
        if memcmp(found, bytes, bytes.count) == 0 { return true }
        place = base.distance(to: UnsafeRawPointer(found)) + 1
      }
      return false
    }
  }

  /// Whether the bytes stand anywhere in the memory of a process.
  private func memory(of process: pid_t, holds bytes: [UInt8]) throws -> Bool {
    // To its end: a file of /proc has no size by which it could be read.
    let handle = try #require(FileHandle(forReadingAtPath: "/proc/\(process)/maps"))
    let maps = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
    let file = open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
    try #require(file >= 0)
    defer { close(file) }
    for line in maps.split(separator: "\n") {
      let words = line.split(separator: " ")
      let ends = words[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
      guard ends.count == 2, words[1].hasPrefix("rw") || words[1].hasPrefix("r-"),
        words.count < 6 || !words[5].hasPrefix("/"), ends[1] - ends[0] < 1 << 30
      else { continue }
      var chunk = [UInt8](repeating: 0, count: Int(ends[1] - ends[0]))
      let count = pread(file, &chunk, chunk.count, off_t(ends[0]))
      guard count > 0 else { continue }
      if Self.holds(chunk, count, bytes) { return true }
    }
    return false
  }

  @Test func thePassphraseIsAskedForAndTheKeyIsGoneMeanwhile() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      try configure(program, "")
      let secret = folder + "/frase"
      try Data("caballo correcto\n".utf8).write(to: URL(fileURLWithPath: secret))
      #expect(try program.run(["key", "init", "--new-passphrase-file", secret]).code == 0)
      let phrase = try Passphrase("caballo correcto")
      let key = try KeyFile.load(program.data + "/key") { phrase }
      let bytes = key.secret.withBytes { Array(UnsafeBufferPointer(start: $0, count: 32)) }
      let desk = try program.desk(
        ["--device", "no_such_microphone"], environment: ["ACOGIDA_PASSPHRASE_FILE": secret])
      try desk.wait(for: "q salir")
      #expect(try memory(of: desk.process, holds: bytes))
      desk.send("\u{18}")
      try desk.wait(for: "Escriba la contraseña")
      desk.send("equivocada\r")
      try desk.wait(for: "Esa no es la contraseña")
      #expect(!desk.screen.text.contains("equivocada"))
      #expect(!(try memory(of: desk.process, holds: bytes)))
      desk.send("caballo correcto\r")
      try desk.wait(for: "q salir")
      #expect(try memory(of: desk.process, holds: bytes))
      // With an interview on the desk the passphrase is asked for too, and it goes on as it was.
      desk.send("n")
      try desk.wait(for: "Antes de empezar")
      desk.send("t")
      try desk.wait(for: "Identidad")
      desk.send("eAna\r")
      try desk.wait(for: "✎ a Nombre")
      desk.send("\u{18}")
      try desk.wait(for: "Escriba la contraseña")
      #expect(!desk.screen.text.contains("Ana"))
      desk.send("caballo correcto\r")
      try desk.wait(for: "✎ a Nombre")
      desk.send("ss")
      try desk.wait(for: "Entrevista guardada")
      desk.send("\rq")
      #expect(desk.waitForEnd() == 0)
    }
  }
}
