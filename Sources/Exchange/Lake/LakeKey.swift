import Store
import Vault

/// The shape of the files in an analytics lake.
public enum LakeFormat: String, Sendable, CaseIterable, Codable {
  /// JSON Lines: one object a line.
  case jsonl
  /// CSV without line breaks in cells.
  case csv
}

/// Where a part of the lake belongs: Hive's way of partitions in the path, which every engine reads.
///
/// Only codes stand in a path, never a value of a person.
public struct LakePartition: Hashable, Sendable, Comparable {
  /// The stage.
  public let stage: String
  /// The office's code; empty where none was set.
  public let office: String
  /// The day of submission in UTC, `2026-11-21`.
  public let day: String
  /// The form's identifier.
  public let form: String

  /// The partition of a submission.
  public init(_ summary: SubmissionSummary) {
    stage = summary.stage
    office = summary.office
    day = String(HTTPDate.iso(summary.submitted / 1_000).prefix(10))
    form = summary.form
  }

  /// The partition of a packed row.
  package init(_ row: borrowing PackedRow) {
    stage = row.text(row.stage)
    office = row.office
    day = String(Timestamp.text(row.submitted).prefix(10))
    form = row.text(row.form)
  }

  /// By day, then office, then form.
  public static func < (a: LakePartition, b: LakePartition) -> Bool {
    (a.day, a.office, a.form) < (b.day, b.office, b.form)
  }

  /// The folder of the partition's files of one format; engines want one format in a folder.
  package func folder(_ format: LakeFormat, of dataset: String = "submissions") -> String {
    "\(dataset)/stage=\(Self.encode(stage))/office=\(Self.encode(office))/dt=\(day)"
      + "/form=\(Self.encode(form))/format=\(format.rawValue)"
  }

  /// A value in a path: encoded; nothing is what Hive writes for nothing.
  package static func encode(_ value: String) -> String {
    value.isEmpty ? "__HIVE_DEFAULT_PARTITION__" : URIEncoding.encode(value)
  }
}

/// Names of objects.
public enum LakeKey {
  /// What a sealed file's name ends with.
  public static let sealed = ".sealed"

  /// The name of a part's file: the SHA-256 of its bytes, so that the same bytes have the same name.
  ///
  /// - Parameter origin: what tells parts with the same bytes apart, where each of them counts.
  package static func part(
    _ format: LakeFormat, _ payload: [UInt8], of origin: String = ""
  ) -> String {
    let digest = Digest.sha256(payload + Array(origin.utf8))
    return "part-\(Digest.hexadecimal(digest.prefix(16))).\(format.rawValue)"
  }

  /// The media type of an object by its name.
  static func mediaType(_ key: String) -> String {
    if key.hasSuffix(".csv") { return "text/csv; charset=utf-8" }
    return key.hasSuffix(".jsonl") ? "application/x-ndjson" : "application/octet-stream"
  }
}
