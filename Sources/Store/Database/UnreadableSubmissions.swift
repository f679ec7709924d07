import Synchronization
import Vault

/// A submission that a stream passed over.
public struct UnreadableSubmission: Hashable, Sendable {
  /// Why it can't be read.
  public enum Reason: String, Hashable, Sendable {
    /// Its key was destroyed when it was erased; an old copy of the database has its row still.
    case erased
    /// Its sealed contents were changed.
    case damaged
  }

  /// The interview's UUID in lower case.
  public let id: String
  /// Why.
  public let reason: Reason
}

/// The submissions that the streams of a process passed over: the others are read all the same.
final class UnreadableSubmissions: Sendable {
  private let found = Mutex<[String: UnreadableSubmission.Reason]>([:])

  /// In the order of their identifiers.
  var all: [UnreadableSubmission] {
    found.withLock { found in
      found.map { UnreadableSubmission(id: $0.key, reason: $0.value) }.sorted { $0.id < $1.id }
    }
  }

  /// Notes one by what opening it met.
  ///
  /// - Throws: ``StoreError`` where the fault is not the record's own.
  func note(_ id: String, _ error: VaultError, path: String) throws(StoreError) {
    switch error {
    case .keyDestroyed: add(id, .erased)
    // What a newer program wrote is whole: leaving it out would look like all there is.
    case .unavailable, .system, .newerFormat: throw StoreError(error, path: path)
    default: add(id, .damaged)
    }
  }

  private func add(_ id: String, _ reason: UnreadableSubmission.Reason) {
    found.withLock { $0[id] = reason }
  }
}
