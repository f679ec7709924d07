import Exchange
import Foundation
import Store

/// A server as far as an outbox can tell: a folder of objects that keeps what it was given, and whose answers get lost.
struct FolderTarget: SyncTarget {
  let folder: String
  /// Odd: the next answer is lost though the bytes arrived.
  let luck: UInt64

  func greet() -> SendOutcome { .there(status: 200) }

  func deliver(_ parcel: Parcel, _ payload: [UInt8]) -> SendOutcome {
    let path = path(parcel.name)
    if let kept = FileManager.default.contents(atPath: path) {
      return Array(kept) == payload
        ? .there(status: 412) : .refused(SyncProblem(.differs, status: 412))
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(payload).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      return .again(SyncProblem(.busy, status: 500), after: nil)
    }
    let isLost = luck &* UInt64(parcel.number & 0xFF | 1) % 3 == 0 && parcel.attempts < 2
    return isLost
      ? .again(SyncProblem(.unreachable, detail: "lost answer"), after: nil)
      : .there(status: 200)
  }

  func find(_ parcel: Parcel) -> SendOutcome {
    FileManager.default.fileExists(atPath: path(parcel.name)) ? .there(status: 200) : .absent
  }

  func place(of name: String) -> String { path(name) }

  private func path(_ name: String) -> String {
    folder + "/" + name.replacingOccurrences(of: "/", with: "|")
  }

  /// The submissions in every object.
  static func contents(_ folder: String) throws -> [String: [String]] {
    var found: [String: [String]] = [:]
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasSuffix(".jsonl") {
      let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
      found[name] = try data.split(separator: 10).map { line in
        let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
        return object?["submission_id"] as? String ?? ""
      }
    }
    return found
  }
}

extension Channel {
  /// The torture's way out.
  static func torture(_ root: String, luck: UInt64) -> Channel {
    .lake(
      "torture", .jsonl, target: FolderTarget(folder: root + "/lake", luck: luck), batch: 7,
      withoutIdentity: false, key: nil, form: { _ in Invented.form })
  }
}
