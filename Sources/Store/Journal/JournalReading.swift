import Foundation
import Interview
import Vault

/// What a journal holds: every whole record in order, and what is damaged.
public struct JournalReading<Payload: Codable & Sendable>: Sendable {
  /// Something that can't be read, in one part of the journal.
  public struct Damage: Hashable, Sendable {
    /// The part, from 1.
    public let part: Int
    /// What is wrong in it.
    public let kind: FrameDamage
  }

  /// The whole records in order.
  public private(set) var records: [Payload] = []
  /// What is damaged.
  ///
  /// A tail is what a crash leaves; anything else was done to the file.
  public private(set) var damage: [Damage] = []
  /// The chain of the records.
  public private(set) var chain = JournalChain()
  /// Files that were read.
  public private(set) var parts = 0
  /// Whether the last part was closed in order.
  public private(set) var isFinished = false

  /// Whether more is damaged than the end that a crash cuts short.
  public var isDamaged: Bool { damage.contains { !$0.kind.isTail } }

  /// Reads all parts of an interview's journal; changes nothing.
  ///
  /// - Throws: ``StoreError`` when a file can't be read at all.
  init(interview: String, in directory: DataDirectory, key: DataKey) throws(StoreError) {
    let interview = try InterviewIdentifier(interview).text
    do {
      for file in try InterviewFile.parts(.journal, of: interview, in: directory) {
        try read(file, in: directory, key: key)
      }
    } catch {
      throw StoreError(error, path: directory.journals)
    }
  }

  private mutating func read(
    _ file: InterviewFile, in directory: DataDirectory, key: DataKey
  ) throws {
    let reader = try FrameReader.open(file.path(in: directory), keys: try file.keys(key))
    parts += 1
    isFinished = reader.isFinished
    damage += reader.damage.map { Damage(part: file.part, kind: $0) }
    for frame in reader.frames {
      do {
        guard let record = JournalRecord(try reader.contents(of: frame)) else {
          throw VaultError.damaged
        }
        chain.take(record, number: records.count)
        records.append(try RecordJSON.decode(Payload.self, from: record.json))
      } catch VaultError.system(let error) {
        throw error
      } catch {
        // The last frame of a file that was not ended: a power cut kept its head and not all of its body.
        let isTail = !reader.isFinished && frame == reader.frames.last
        damage.append(
          Damage(
            part: file.part,
            kind: isTail ? .tail(bytes: frame.bytes) : .body(sequence: frame.sequence)))
      }
    }
  }
}

/// How much of a journal is gone.
public struct JournalLoss: Hashable, Sendable {
  /// Events known to be missing; there may be more where ``bytes`` could not be read.
  public let events: Int
  /// Bytes that could not be read and belong to no event that is known.
  public let bytes: Int
}

extension JournalReading<StampedEvent> {
  /// What is missing; nil when everything is there.
  ///
  /// Also the end that a crash cut short counts, and an event of an earlier part whose loss only the
  /// numbers of the later events show.
  public var loss: JournalLoss? {
    let numbers = Set(records.map(\.sequence))
    let holes = (numbers.max() ?? -1) + 1 - numbers.count
    var events = 0
    var bytes = 0
    for damage in damage {
      switch damage.kind {
      case .body: events += 1
      case .missing(let range): events += range.count
      case .tail(let range), .bytes(let range): bytes += range.count
      case .displaced: break
      }
    }
    events = max(events, holes)
    return events + bytes > 0 ? JournalLoss(events: events, bytes: bytes) : nil
  }
}
