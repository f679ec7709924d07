import Foundation
import Vault

/// Writes what happens in one interview, so that nothing that was said, typed or confirmed is lost.
///
/// Every call of ``append(_:)`` is one write and one `fdatasync` before it returns: what it returned
/// from survives a crash of the program and of the machine. Opening never touches an earlier file of the
/// interview; it starts a new part, and ``JournalReading`` puts the parts together.
public actor Journal<Payload: Codable & Sendable> {
  private let path: String
  private var writer: FrameWriter?
  /// The link of the last record on the disk.
  private var head: [UInt8]
  private nonisolated let executor = FileExecutor()

  /// The journal has a thread of its own.
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  /// Starts a new file for the interview.
  ///
  /// - Throws: ``StoreError``.
  init(interview: String, in directory: DataDirectory, key: DataKey) throws(StoreError) {
    let interview = try InterviewIdentifier(interview).text
    do {
      let parts = try InterviewFile.parts(.journal, of: interview, in: directory)
      head =
        parts.isEmpty
        ? HashChain.start
        : try JournalReading<Payload>(interview: interview, in: directory, key: key).chain.head
      let file = InterviewFile(
        interview: interview, part: (parts.last?.part ?? 0) + 1, kind: .journal)
      path = file.path(in: directory)
      writer = try FrameWriter(creating: path, keys: try file.keys(key))
      try Folder.sync(directory.journals)
    } catch {
      throw StoreError(error, path: directory.journals)
    }
  }

  /// Adds records; they are on the disk when it returns.
  ///
  /// When it throws, none of them is; the same records can be added again, for example when there is space.
  /// - Throws: ``StoreError/noSpace(path:)`` and others.
  public func append(_ payloads: [Payload]) throws(StoreError) {
    do {
      var head = head
      let entries = try payloads.map { payload in
        let json = try RecordJSON.encode(payload)
        let record = JournalRecord.bytes(json, after: head)
        head = HashChain.link(head, json)
        return FrameWriter.Entry(plaintext: record)
      }
      guard try writer?.append(entries) != nil else {
        throw SystemError(operation: "append", path: path, code: EBADF)
      }
      self.head = head
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// Ends the journal in order; nothing can be added after.
  ///
  /// - Throws: ``StoreError``.
  public func close() throws(StoreError) {
    do { try writer.take()?.finish() } catch { throw StoreError(error) }
  }
}
