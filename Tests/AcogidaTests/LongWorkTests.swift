import Foundation
import Glibc
import Terminal
import TerminalTestSupport
import TestSupport
import Testing

/// Export and synchronisation from the desk, with the real program.
@Suite(.serialized) struct LongWorkTests {
  private func home(_ program: Program) throws -> PseudoTerminal {
    let desk = try program.desk(["--device", "no_such_microphone"])
    try desk.wait(for: "sin exportar")
    return desk
  }

  @Test func theDeskExportsAndCountsWhatIsNotExported() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      _ = try program.fill(3000)
      let desk = try home(program)
      try desk.wait(for: "3000 sin exportar")
      desk.send("e")
      try desk.wait(for: "no va cifrado")
      desk.send("\u{15}~/personas.csv\r")
      try desk.wait(for: "3000 registros")
      desk.send("j")
      try desk.wait(until: "all are exported") { !$0.text.contains("sin exportar") }
      let path = folder + "/personas.csv"
      let file = try String(contentsOfFile: path, encoding: .utf8)
      #expect(file == (try program.run(["export"]).output))
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      // The same name again is asked about, and nothing is written by leaving.
      try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
      desk.send("e\u{15}~/personas.csv\r")
      try desk.wait(for: "ya existe")
      desk.send("\u{1B}")
      try desk.wait(for: "e exportar")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
      desk.send("e\u{15}~/nowhere/personas.csv\r")
      try desk.wait(for: "⚠")
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
    }
  }

  @Test func theCommandCountsAsExportUnlessItHidesWhoItWas() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      _ = try program.fill(3)
      _ = try program.run(["export", "--redact"])
      let desk = try home(program)
      try desk.wait(for: "3 sin exportar")
      _ = try program.run(["export"])
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
      let again = try program.desk(["--device", "no_such_microphone"])
      try again.wait(for: "q salir")
      try again.wait(for: "guardado ninguna")
      #expect(!again.screen.text.contains("sin exportar"))
    }
  }

  /// A server that takes the connection and never answers: who waits can stop waiting.
  @Test func sendingShowsProgressAndIsCancelled() throws {
    try withTemporaryFolder { folder in
      let program = Program(folder: folder)
      _ = try program.fill(5)
      let (server, port) = try silentServer()
      defer { close(server) }
      try program.configure(
        """
        [[sync.target]]
        name = "hq"
        stage = "test"
        kind = "openrosa"
        url = "http://127.0.0.1:\(port)"
        plain = true
        """)
      let desk = try home(program)
      try desk.wait(for: "5 sin enviar")
      desk.send("s")
      try desk.wait(for: "enviando 0 %")
      try desk.wait(for: "Esc lo cancela")
      // While this one sends, another one is turned away.
      #expect(try program.run(["sync"]).code != 0)
      desk.send("\u{1B}")
      try desk.wait(for: "cancelado; no queda nada a medias")
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
      #expect(try program.run(["status"]).output.contains("5 sin enviar"))
    }
  }

  private func silentServer() throws -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 && listen(descriptor, 8) == 0
          && getsockname(descriptor, address, &length) == 0
      }
    }
    try #require(bound)
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }
}
