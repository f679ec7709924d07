import Forms
import Foundation
import Interview
import Store

/// How long the desk waits for the disk: start, journal, sound, submit.
enum Latencies {
  static func measure(directory: String) async throws {
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let stage = try DataDirectory(root: directory, stage: "bench")
    print(
      "first open, with a new key: \(milliseconds(try seconds { _ = try StageData.open(stage) }))")
    print("open again: \(milliseconds(try seconds { _ = try StageData.open(stage) }))")
    let data = try StageData.open(stage)
    let id = "a0000000-0000-4000-8000-000000000001"
    let journal = try data.drafts.journal(for: id, at: 0)
    let spool = try data.drafts.audio(for: id)
    let sound = [Int16](repeating: 1, count: AudioSpool.chunkLength)
    var events: [Double] = []
    var chunks: [Double] = []
    for number in 0..<2_000 {
      let event = StampedEvent(
        sequence: number, time: 0, elapsed: 0, event: .edited("notes", .text("Una nota")))
      events.append(try await seconds { try await journal.append([event]) })
      let position = Int64(number * AudioSpool.chunkLength)
      chunks.append(
        try await seconds { try await spool.append(position: position, samples: sound) })
    }
    print("journal event, on the disk: \(percentiles(events))")
    print("half a second of sound, on the disk: \(percentiles(chunks))")
    let reading = try seconds { _ = try data.drafts.events(of: id) }
    print("read a journal of 2000 events: \(milliseconds(reading))")
    let range = try await seconds {
      _ = try await data.drafts.audio(for: id).read(8_000_000..<8_032_000)
    }
    print("open 1000 s of sound and read 2 s of it: \(milliseconds(range))")
  }

  private static func percentiles(_ values: [Double]) -> String {
    let sorted = values.sorted()
    return
      "p50 \(milliseconds(sorted[sorted.count / 2])), p99 \(milliseconds(sorted[sorted.count * 99 / 100]))"
  }
}
