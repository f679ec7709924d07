import Foundation

/// Names and places, searched in the tables of `assets/gazetteers`.
///
/// Missing tables degrade: names then rest on capitals and cues alone, places are not found. It never changes; a class, so that
/// every turn that is read shares it.
public final class Gazetteers: Sendable {
  private let givenNames: SortedTable
  private let surnames: SortedTable
  private let municipalityTable: SortedTable
  private let cityTable: SortedTable

  /// Maps the tables of a folder.
  public init(folder: URL) {
    let table = { (name: String) in SortedTable(folder.appendingPathComponent(name)) }
    givenNames = table("given_names.tsv")
    surnames = table("surnames.tsv")
    municipalityTable = table("municipalities.tsv")
    cityTable = table("cities.tsv")
  }

  /// Whether any table is missing without which names and places are read worse.
  public var isIncomplete: Bool { !missing.isEmpty }

  /// Names of the tables that are missing, empty or unreadable.
  public var missing: [String] {
    [
      ("given_names.tsv", givenNames), ("surnames.tsv", surnames),
      ("municipalities.tsv", municipalityTable), ("cities.tsv", cityTable),
    ].filter(\.1.isEmpty).map(\.0)
  }

  /// People in Spain with that given name; 0 for less than 20.
  func givenName(_ folded: String) -> Int {
    givenNames.number(folded) ?? 0
  }

  /// People in Spain with that first surname; 0 for less than 20.
  func surname(_ folded: String) -> Int {
    surnames.number(folded) ?? 0
  }

  /// ISO 3166-1 alpha-3 code of the country of a large foreign city, by any of its names, folded; nil for none.
  func country(ofCity folded: String) -> String? {
    cityTable.first(folded)?.first.map(String.init)
  }

  /// A municipality with the province it lies in.
  struct Municipality: Hashable, Sendable {
    /// Official name.
    let name: String
    /// Official name of the province.
    let province: String
    /// Inhabitants, roughly; 0 for small places.
    let population: Int

    /// Reads a row of the table.
    init?(_ row: [Substring]) {
      guard row.count >= 2 else { return nil }
      name = String(row[0])
      province = String(row[1])
      population = row.count > 2 ? Int(row[2]) ?? 0 : 0
    }
  }

  /// The municipalities of that name, folded.
  func municipalities(_ folded: String) -> [Municipality] {
    municipalityTable.rows(folded).compactMap { Municipality($0) }
  }

  /// Whether a municipality's name is these words, folded, or begins with them.
  func beginMunicipality(_ folded: String) -> Bool { municipalityTable.begins(with: folded) }

  /// The municipalities with that official name.
  func municipalities(named name: String) -> [Municipality] {
    let key = Folding.fold(name.split(separator: "/").first ?? "")
      .split { !($0.isLetter || $0.isNumber || $0 == "'") }.joined(separator: " ")
    return municipalities(key).filter { $0.name == name }
  }

  /// The provinces that have a municipality of that official name.
  func provinces(ofTown name: String) -> Set<String> {
    Set(municipalities(named: name).map(\.province))
  }

  /// Municipalities whose names sound like this one, and are one letter away at most for each six.
  func similarMunicipalities(_ folded: String) -> [Municipality] {
    guard folded.count >= 5 else { return [] }
    let sound = PhoneticKey.key(folded)
    let limit = max(1, folded.count / 6)
    var best: [Municipality] = []
    var bestDistance = limit + 1
    for prefix in PhoneticKey.firstLetters(folded) {
      for (key, row) in municipalityTable.prefixed(prefix, limit: 2000) {
        guard abs(key.count - folded.count) <= limit else { continue }
        let distance = EditDistance.bounded(PhoneticKey.key(key), sound, limit: limit)
        guard let distance, distance <= bestDistance else { continue }
        if distance < bestDistance { best = [] }
        bestDistance = distance
        guard let found = Municipality(row) else { continue }
        if !best.contains(found) { best.append(found) }
      }
    }
    return best
  }
}
