// Fuzzing of everything that reads what a disk, a network or a person may have changed. Built and started by benchmarks/fuzz/run.
//
// The first byte of an input says what is read; for sealed files, which chance never gets past the seals of, the rest is a list
// of changes to a file that this program wrote, four bytes each: kind, place (two bytes), value.

import Extraction
import Forms
import Foundation
import Interview
import Store
import Transcription
import Vault

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

setenv("TMPDIR", getenv("TMPDIR").map { String(cString: $0) } ?? "/dev/shm", 1)

/// A store with an interview in it, whose files are changed and read again.
struct Laboratory {
  let root: String
  let directory: DataDirectory
  let id = "a0000000-0000-4000-8000-000000000001"
  let events: [StampedEvent]
  let files: [String: [UInt8]]
  let data: StageData

  init() async throws {
    root = NSTemporaryDirectory() + "acogida-fuzz-\(getpid())"
    directory = try DataDirectory(root: root, stage: "fuzz")
    let header = InterviewHeader(
      id: id, form: "f", formVersion: "1", stage: "fuzz", language: "es")
    events = (0..<12).map {
      StampedEvent(
        sequence: $0, time: Int64($0), elapsed: Int64($0),
        event: $0 == 0 ? .began(header) : .edited("notes", .text("nota \($0)")))
    }
    data = try StageData.open(directory)
    let journal = try data.drafts.journal(for: id, at: 0)
    for event in events { try await journal.append([event]) }
    let spool = try data.drafts.audio(for: id)
    for number in 0..<4 {
      try await spool.append(
        position: Int64(number) * 8_000, samples: [Int16](repeating: Int16(number), count: 8_000))
    }
    try await spool.flush()
    var files: [String: [UInt8]] = [:]
    for path in [
      directory.journals + "/\(id).journal", directory.audio + "/\(id).audio", directory.key,
      directory.keyring,
    ] {
      files[path] = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }
    self.files = files
  }

  /// Writes the file with changes, reads, and puts it back.
  func changed(_ path: String, _ changes: ArraySlice<UInt8>, _ read: () -> Void) {
    guard let whole = files[path] else { return }
    var bytes = whole
    var rest = changes
    while rest.count >= 4, !bytes.isEmpty {
      let change = Array(rest.prefix(4))
      rest = rest.dropFirst(4)
      let place = (Int(change[1]) << 8 | Int(change[2])) % bytes.count
      switch change[0] % 5 {
      case 0: bytes[place] ^= change[3] | 1
      case 1: bytes.removeLast(bytes.count - place)
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int(change[3])))
      case 3:
        bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + Int(change[3]))], at: place)
      default: bytes.append(contentsOf: repeatElement(change[3], count: Int(change[2])))
      }
    }
    try? Data(bytes).write(to: URL(fileURLWithPath: path))
    read()
    try? Data(whole).write(to: URL(fileURLWithPath: path))
  }

  func read(_ input: UnsafeBufferPointer<UInt8>) {
    guard let first = input.first else { return }
    let rest = Array(input.dropFirst())
    switch first % 7 {
    case 0: changed(directory.journals + "/\(id).journal", rest[...]) { readJournal() }
    case 1:
      changed(directory.audio + "/\(id).audio", rest[...]) { _ = try? data.drafts.audio(for: id) }
    case 2: changed(directory.key, rest[...]) { _ = try? KeyFile.load(directory.key) }
    case 3:
      changed(directory.keyring, rest[...]) {
        _ = try? StageData.open(directory, access: .reading).drafts.events(of: id)
      }
    case 4: _ = try? FormDefinition(toml: String(decoding: rest, as: UTF8.self))
    case 5:
      _ = try? RecordJSON.decode(StampedEvent.self, from: rest)
      _ = try? RecordJSON.decode(Submission.self, from: rest)
    default:
      var decoder = WyomingParser()
      decoder.append(rest)
      while let event = try? decoder.next() { _ = try? event.encoded() }
      _ = TypedText.canonical(String(decoding: rest, as: UTF8.self))
    }
  }

  /// What is read are events that were written, in their order.
  private func readJournal() {
    guard let reading = try? data.drafts.events(of: id) else { return }
    var last = -1
    for record in reading.records {
      precondition(record.sequence > last, "order")
      precondition(record == events[record.sequence], "contents")
      last = record.sequence
    }
  }
}

nonisolated(unsafe) var laboratory: Laboratory?
laboratory = try await Laboratory()
var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
let result = runDriver(&count, &arguments) { bytes, count in
  laboratory?.read(UnsafeBufferPointer(start: bytes, count: count))
  return 0
}
exit(result)
