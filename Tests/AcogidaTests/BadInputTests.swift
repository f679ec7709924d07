import Foundation
import Terminal
import TerminalTestSupport
import TestSupport
import Testing

/// What goes wrong is said clearly, loses nothing, and leaves the terminal as it was.
@Suite struct BadInputTests {
  private func inFolder(_ body: (Program) throws -> Void) throws {
    try withTemporaryFolder { try body(Program(folder: $0)) }
  }

  @Test func noMicrophone() throws {
    try inFolder { program in
      let listen = try program.run(["listen", "--device", "no_such_microphone"])
      #expect(listen.code == 2)
      #expect(listen.errors.contains("no se puede abrir el micrófono «no_such_microphone»"))
      let desk = try program.desk(["--device", "no_such_microphone"])
      try desk.wait(for: "n empieza una")
      desk.send("n")
      try desk.wait(for: "Antes de empezar")
      desk.send("\r")
      try desk.wait(for: "no se puede abrir el micrófono")
      desk.send("eAna\r")
      try desk.wait(for: "✎ a Nombre")
      desk.send("q")
      try desk.wait(for: "¿Salir?")
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
      #expect(desk.isCooked)
    }
  }

  @Test func missingModel() throws {
    try inFolder { program in
      let listen = try program.run(["listen", "--from", Program.demo, "--model", "/no/such/model"])
      #expect(listen.code == 2)
      #expect(listen.errors.contains("falta el modelo de reconocimiento"))
      let desk = try program.desk(["--from", Program.demo, "--model", "/no/such/model"])
      try desk.wait(for: "Antes de empezar")
      desk.send("\r")
      try desk.wait(for: "no disponible")
      // The interview goes on by typing.
      desk.send("eAna\r")
      try desk.wait(for: "✎ a Nombre")
    }
  }

  @Test func corruptModel() throws {
    try inFolder { program in
      let model = program.folder + "/model"
      try FileManager.default.copyItem(atPath: Program.model, toPath: model)
      try replace(model + "/base-decoder.onnx", with: [UInt8](repeating: 7, count: 5_000))
      let listen = try program.run(["listen", "--from", Program.demo, "--model", model])
      #expect(listen.code == 2)
      #expect(listen.errors.contains("está dañado"))
      // Without checksums the library itself meets the damage, in the recogniser's own process.
      try FileManager.default.removeItem(atPath: model + "/SHA256SUMS")
      let again = try program.run(["listen", "--from", Program.demo, "--model", model])
      #expect(again.code == 2)
      #expect(again.errors.contains("está dañado"))
    }
  }

  @Test(arguments: ["empty.wav", "text.wav", "none.wav", "."]) func badRecordings(name: String)
    throws
  {
    try inFolder { program in
      let path = name == "." ? program.folder : program.folder + "/" + name
      if name == "empty.wav" { try replace(path, with: []) }
      if name == "text.wav" { try replace(path, with: Array("hola\n".utf8)) }
      for arguments in [["listen", "--from", path], ["transcribe", path]]
      where name != "." || arguments[0] == "listen" {
        let result = try program.run(arguments)
        #expect(result.code == 1)
        #expect(result.errors.contains(path))
        #expect(result.output.isEmpty)
      }
    }
  }

  @Test func noTerminalAndDumbTerminal() throws {
    try inFolder { program in
      let piped = try program.run(["desk"])
      #expect(piped.code == 2)
      #expect(piped.errors.contains("acogida listen") && piped.errors.contains("--plain"))
      let dumb = try program.desk(["--typing"], environment: ["TERM": "dumb"])
      #expect(dumb.waitForEnd() == 2)
      #expect(dumb.screen.text.contains("«dumb»"))
      #expect(dumb.isCooked)
    }
  }

  @Test func aTinyTerminalSaysWhatItNeeds() throws {
    try inFolder { program in
      let desk = try program.desk(["--typing"], size: Size(rows: 5, columns: 20))
      try desk.wait(until: "one line") {
        !$0.text.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty
      }
      desk.resize(Size(rows: 24, columns: 80))
      try desk.wait(for: "Antes de empezar")
    }
  }

  @Test func aSecondDeskOnTheSameData() throws {
    try inFolder { program in
      let first = try program.desk(["--typing"])
      try first.wait(for: "Antes de empezar")
      let second = try program.desk(["--typing"])
      #expect(second.waitForEnd() == 2)
      #expect(second.screen.text.contains("proceso \(first.process)"))
      #expect(second.isCooked)
    }
  }

  @Test func wrongAndMissingKeyAndDamagedDatabase() throws {
    try inFolder { program in
      let desk = try program.typedInterview()
      desk.send("eAna\r")
      try desk.wait(for: "✎ a Nombre")
      try desk.save()
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
      #expect(try program.run(["list"]).output.split(separator: "\n").count == 1)
      let key = try bytes(program.data + "/key")

      try FileManager.default.removeItem(atPath: program.data + "/key")
      let missing = try program.run(["list"])
      #expect(missing.code == 1 && missing.errors.contains("falta la clave"))
      try replace(program.data + "/key", with: Array("nonsense".utf8))
      let wrong = try program.run(["list"])
      #expect(wrong.code == 1 && wrong.errors.contains("clave"))
      try replace(program.data + "/key", with: key)

      // The log would bring the pages back.
      for suffix in ["-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: program.data + "/acogida.sqlite" + suffix)
      }
      try replace(program.data + "/acogida.sqlite", with: [UInt8](repeating: 9, count: 4_096))
      let damaged = try program.run(["list"])
      #expect(damaged.code == 1 && damaged.errors.contains("está dañada"))
      #expect(try bytes(program.data + "/acogida.sqlite").allSatisfy { $0 == 9 })
      // What was submitted comes back from its journal.
      #expect(try program.run(["recover", "--rebuild"]).code == 0)
      #expect(try program.run(["export"]).output.contains("Ana"))
    }
  }

  /// Subtitles, as `transcribe` writes them, and a mark of byte order before JSON Lines.
  @Test(arguments: [
    "1\n00:00:01,000 --> 00:00:02,000\n¿Cuántos sois?\n\n5\n00:00:03,500 --> 00:00:05,000\nSomos cuatro\n",
    "WEBVTT\n\n00:01.000 --> 00:02.000\n¿Cuántos sois?\n\n00:03.500 --> 00:05.000 align:start\nSomos\ncuatro\n",
    "\u{FEFF}{\"start\":1,\"text\":\"¿Cuántos sois?\"}\n{\"start\":3.5,\"end\":5,\"text\":\"Somos cuatro\"}\n",
    "[{\"start\":1,\"text\":\"¿Cuántos sois?\"},\n {\"start\":3.5,\"end\":5,\"text\":\"Somos cuatro\"}]\n",
  ])
  func transcriptsOfEveryKindAreRead(text: String) throws {
    try inFolder { program in
      let run = try program.run(["extract", "-", "--explain"], input: text)
      #expect(run.output.contains("household_size\t4\t"))
      #expect(run.output.contains("3.5-5.0 s «Somos cuatro»"))
    }
  }

  /// Who speaks and when is no part of an answer, however a transcript says it; a colon in a note is none of that.
  @Test(arguments: [
    ("S1: ¿Teléfono?\nS2: 612 45 67 89.\n", "phone\t+34612456789"),
    ("[00:01] ¿Su nombre?\n[00:03] Ana López Ruiz\n", "full_name\tAna López Ruiz"),
    ("Usuario: Ana López Ruiz\n", "full_name\tAna López Ruiz"),
    (
      "Marta: ¿Su nombre?\nInés: Inés López Ruiz\nMarta: ¿Teléfono?\nInés: 612 45 67 89\n",
      "full_name\tInés López Ruiz"
    ),
    (
      "WEBVTT\n\n00:01.000 --> 00:02.000\n<v S1>¿Código postal?\n\n"
        + "00:03.500 --> 00:05.000\n<v S2>Veintiocho cero doce.\n", "postal_code\t28012"
    ),
    ("Nombre: Ana López Ruiz\nDNI: 12345678Z\n", "document_number\t12345678Z"),
  ])
  func labelsOfSpeakersAreNoWords(text: String, expected: String) throws {
    try inFolder { program in
      let run = try program.run(["extract", "-"], input: text)
      #expect(run.code == 0 && run.output.contains(expected + "\t"), "\(run.output)")
    }
  }

  /// What is no text, or only the beginning of a list, is not read as words.
  @Test func whatIsNoTranscriptIsRefused() throws {
    try inFolder { program in
      let recording = try program.run(["extract", Program.demo])
      #expect(recording.code == 1 && recording.output.isEmpty)
      #expect(recording.errors.contains("no es texto en UTF-8 (línea 1)"))
      let latin = program.folder + "/latin1.txt"
      try replace(latin, with: Array("hola\nBego".utf8) + [0xF1, 0x61, 0x0A])
      #expect(try program.run(["extract", latin]).errors.contains("(línea 2)"))
      let cut = try program.run(
        ["extract", "-"], input: "[{\"start\":0,\"text\":\"Me llamo Ana Ruiz\"},\n{\"text\":\"y")
      #expect(cut.code == 1 && cut.output.isEmpty && cut.errors.contains("lista JSON"))
      let wrong = try program.run(["extract", "-"], input: "[{\"text\":\"a\"},{\"start\":2}]")
      #expect(wrong.errors.contains("la línea 2 de la transcripción falta «text»"))
      #expect(try program.run(["extract", "/dev/null"]).code == 0)
    }
  }

  @Test(arguments: [
    ("{nope", "la línea 2 de la transcripción no es un objeto JSON"),
    ("plain", "no es un objeto JSON"),
    ("{\"start\":2}", "la línea 2 de la transcripción falta «text»"),
    ("{\"start\":\"2\",\"text\":\"b\"}", "«start» o no es del tipo"),
    ("{\"start\":-2,\"text\":\"b\"}", "«start» no es un tiempo posible"),
    ("{\"start\":5,\"end\":4,\"text\":\"b\"}", "«end» no es un tiempo posible"),
  ])
  func aMistakeInATranscriptIsTold(line: String, told: String) throws {
    try inFolder { program in
      let run = try program.run(["extract", "-"], input: "{\"start\":0,\"text\":\"a\"}\n\(line)\n")
      #expect(run.code == 1 && run.output.isEmpty)
      #expect(run.errors.contains(told), "\(run.errors)")
    }
  }

  @Test func missingGazetteersAreTold() throws {
    try inFolder { program in
      let assets = URL(fileURLWithPath: program.folder + "/assets")
      let own = URL(fileURLWithPath: Program.checkout + "/assets")
      try FileManager.default.createDirectory(at: assets, withIntermediateDirectories: true)
      for part in ["forms", "languages"] {
        try FileManager.default.createSymbolicLink(
          at: assets.appendingPathComponent(part),
          withDestinationURL: own.appendingPathComponent(part))
      }
      let place = ["ACOGIDA_ASSETS": assets.path]
      let run = try program.run(
        ["extract", "-"], input: "Me llamo Ana Ruiz Soto\n", environment: place)
      #expect(run.code == 0 && run.errors.contains("faltan datos en"))
      #expect(run.errors.contains("surnames.tsv") && run.errors.contains("cities.tsv"))
      let doctor = try program.run(["doctor"], environment: place)
      #expect(doctor.code != 0)
      #expect((doctor.output + doctor.errors).contains("municipalities.tsv"))
    }
  }

  @Test func mistakesInFilesAreNamedWithTheirLine() throws {
    try inFolder { program in
      let config = program.folder + "/bad.toml"
      try replace(config, with: Array("stage = \"dev\"\n[audio]\ndevise = \"x\"\n".utf8))
      let check = try program.run(["config", "check", "--config", config])
      #expect(check.code == 1)
      #expect(check.errors.contains("bad.toml, línea 3: la clave «devise» no existe"))
      let form = program.folder + "/form.toml"
      try replace(form, with: Array("id = \"a\"\ntitle = \"Env".utf8) + [0xED, 0x6F, 0x22, 0x0A])
      let encoding = try program.run(["form", "check", form])
      #expect(encoding.errors.contains("form.toml, línea 2: la línea no está en UTF-8"))
      let transcript = try program.run(
        ["extract", "-"], input: "{\"start\":0,\"text\":\"a\"}\n{nope\n")
      #expect(transcript.code == 1)
      #expect(transcript.errors.contains("línea 2"))
      #expect(try program.run(["paths", "--stage", "../x"]).code == 64)
      #expect(try program.run(["nonsense"]).code == 64)
    }
  }

  /// Runs with a folder of one megabyte, the program's data unless another is named; skipped where nothing can be mounted.
  private func onASmallDisk(
    _ name: String = "data", _ body: (Program, _ disk: String) throws -> Void
  ) throws {
    guard geteuid() == 0 else {
      print("skipped: mounting a small file system needs root")
      return
    }
    try inFolder { program in
      let disk = "\(program.folder)/\(name)"
      try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
      guard try mount(["-t", "tmpfs", "-o", "size=1m", "none", disk]) else {
        print("skipped: mount is not allowed here")
        return
      }
      defer { _ = try? unmount(disk) }
      try body(program, disk)
    }
  }

  /// What a lake's run had made so far is no use to anybody, and would keep the disk full.
  @Test func aFullDiskKeepsNothingOfALake() throws {
    try onASmallDisk("disk") { program, disk in
      try program.fill(400)
      #expect(try program.run(["lake", disk + "/lake"]).code == 1)
      let left = try FileManager.default.subpathsOfDirectory(atPath: disk + "/lake")
      #expect(!left.contains { $0.contains("staging") || $0.contains("part-") }, "\(left)")
    }
  }

  @Test func aFullDiskWhileRecordingAndAReadOnlyFolder() throws {
    try onASmallDisk { program, data in
      let desk = try program.desk(["--from", Program.demo, "--pace", "fast"])
      try desk.wait(for: "Antes de empezar")
      desk.send("\r")
      try desk.wait(for: "no queda espacio", seconds: 60)
      try desk.wait(for: "SIN GUARDAR")
      // Space is made: everything that waited is written, and nothing was lost.
      #expect(try mount(["-o", "remount,size=64m", data]))
      try desk.wait(for: "GRABA", seconds: 30)
      try desk.wait(for: "Muchas gracias", seconds: 120)
      try desk.wait(for: "12345678Z", seconds: 60)
      desk.send("ss")
      try desk.wait(for: "Entrevista guardada", seconds: 60)
      desk.send("\r")
      try desk.wait(for: "Hoy (1)")
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
      #expect(try program.run(["export", "--unconfirmed"]).output.contains("12345678Z"))
      #expect(try mount(["-o", "remount,ro", data]))
      let readOnly = try program.desk(["--typing"])
      #expect(readOnly.waitForEnd() == 1)
      #expect(readOnly.screen.text.contains("no se puede escribir"))
    }
  }

  @Test func afterAFailedSaveTheInterviewStaysOpen() throws {
    try onASmallDisk { program, data in
      let desk = try program.typedInterview()
      desk.send("eJuan Perez\r")
      try desk.wait(for: "✎ a Nombre")
      let filler = try fill(data)
      desk.send("s")
      try desk.wait(for: "¿Guardar la entrevista?")
      desk.send("\r")
      try desk.wait(for: "no se ha guardado y sigue abierta")
      try FileManager.default.removeItem(atPath: filler)
      desk.send("\u{1B}[A")
      desk.send("e Lopez\r")
      try desk.wait(for: "Juan Perez Lopez")
      desk.send("s")
      try desk.wait(for: "¿Guardar la entrevista?")
      desk.send("\r")
      try desk.wait(for: "Entrevista guardada")
      desk.send("\r")
      try desk.wait(for: "Hoy (1)")
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
      #expect(try program.run(["export"]).output.contains("Juan Perez Lopez"))
    }
  }

  @Test func leavingOnAFullDiskEnds() throws {
    try onASmallDisk { program, data in
      let desk = try program.typedInterview()
      _ = try fill(data)
      // More than the journal's last block has room for.
      let long = String(repeating: "Juan ", count: 200)
      for _ in 0..<8 { desk.send("e\u{1B}[200~\(long)\u{1B}[201~\r\u{1B}[A") }
      try desk.wait(for: "sin guardar")
      desk.send("q")
      try desk.wait(for: "al salir se pierde")
      desk.send("q")
      #expect(desk.waitForEnd() == 0)
      #expect(desk.isCooked)
    }
  }

  /// Takes all space of a disk; the file that does.
  private func fill(_ folder: String) throws -> String {
    let path = folder + "/filler"
    let file = open(path, O_WRONLY | O_CREAT, 0o600)
    defer { close(file) }
    var size = 65_536
    let zeros = [UInt8](repeating: 0, count: size)
    while size > 0 { if write(file, zeros, size) <= 0 { size /= 2 } }
    return path
  }

  private func mount(_ arguments: [String]) throws -> Bool { try system("mount", arguments) }
  private func unmount(_ folder: String) throws -> Bool { try system("umount", ["-l", folder]) }

  private func system(_ command: String, _ arguments: [String]) throws -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [command] + arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
