/// A street address in its parts, as written on a letter in Spain.
struct StreetAddress: Hashable, Sendable {
  /// "Calle", "Avenida"...
  var type: String
  var name: String
  var number: String?
  /// "Bloque 3", "Portal 2", "Escalera B".
  var block: String?
  /// "2º", "Bajo", "Ático".
  var floor: String?
  /// "C", "2ª", "Izquierda".
  var door: String?

  /// In one line: "Calle Mayor 12, Bloque 3, 2º D".
  var text: String {
    var text = "\(type) \(name)"
    if let number { text += number == "s/n" ? ", s/n" : " \(number)" }
    if let block { text += ", \(block)" }
    let inside = [floor, door].compactMap { $0 }
    if !inside.isEmpty { text += ", " + inside.joined(separator: " ") }
    return text
  }

  /// How many parts are known.
  var detail: Int { [number, block, floor, door].compactMap { $0 }.count }

  /// Whether the other one is the same street, heard a little differently perhaps.
  func isSameStreet(_ other: StreetAddress) -> Bool {
    let a = Folding.fold(name)
    let b = Folding.fold(other.name)
    if a == b || isPart(of: other) || other.isPart(of: self) { return true }
    return EditDistance.bounded(
      PhoneticKey.key(a), PhoneticKey.key(b), limit: max(1, min(a.count, b.count) / 5)) != nil
  }

  /// Whether this name is the end of the other one, or the same letters in other words: "fleming" of "doctor fleming",
  /// "riot uría" of "Río Turia", and with the same number "pina" of "Concha Espina".
  private func isPart(of other: StreetAddress) -> Bool {
    guard number == nil || other.number == nil || number == other.number else { return false }
    let end = letters
    let whole = other.letters
    guard end.count >= 4, whole.hasSuffix(end) else { return false }
    return whole == end || number != nil && number == other.number
      || Folding.fold(other.name).hasSuffix(" " + Folding.fold(name))
  }

  /// The name without the spaces between its words.
  var letters: String { Folding.fold(name).filter { $0 != " " } }

  /// Two hearings of one address: this one with what only the later one told.
  ///
  /// - Parameter prefers: whether the later one's number and floor stand where both have them.
  func merged(
    with later: StreetAddress, prefers: Bool, gazetteers: Gazetteers
  ) -> StreetAddress {
    var result = self
    // What is read back was understood by somebody who knows the streets.
    let isRespelled = Folding.fold(later.name).count == Folding.fold(name).count
    let isSplit = letters == later.letters && name.count < later.name.count
    if StreetSpelling.soundAlike(Folding.fold(name), Folding.fold(later.name)), !isSplit {
      result.name = StreetSpelling.better(name, later.name, gazetteers)
    } else if isRespelled || isPart(of: later) && !isSplit {
      result.name = later.name
    }
    if type == "Calle" { result.type = later.type }
    if prefers {
      result.number = later.number ?? number
      if let floor = later.floor, floor != result.floor {
        result.floor = floor
        result.door = later.door
      }
      result.door = later.door ?? result.door
    }
    result.number = result.number ?? later.number
    result.block = block ?? later.block
    result.floor = result.floor ?? later.floor
    if result.door == nil, later.floor == nil || later.floor == result.floor {
      result.door = later.door
    }
    return result
  }

  /// This address with the parts that only the other one has.
  func completed(by other: StreetAddress) -> StreetAddress {
    var result = self
    if result.number == nil { result.number = other.number }
    if result.block == nil { result.block = other.block }
    if result.floor == nil, result.door == nil {
      result.floor = other.floor
      result.door = other.door
    } else if result.door == nil, result.floor == other.floor {
      result.door = other.door
    }
    return result
  }
}

/// Kinds of streets, folded, with how they are written; those that are everyday words too need a number behind.
enum StreetTypes {
  static let names: [String: String] = [
    "calle": "Calle", "c": "Calle", "cl": "Calle", "avenida": "Avenida", "avda": "Avenida",
    "av": "Avenida", "plaza": "Plaza", "pza": "Plaza", "plazuela": "Plazuela", "paseo": "Paseo",
    "camino": "Camino", "carretera": "Carretera", "ctra": "Carretera", "ronda": "Ronda",
    "travesia": "Travesía", "urbanizacion": "Urbanización", "callejon": "Callejón",
    "glorieta": "Glorieta", "rambla": "Rambla", "poligono": "Polígono", "partida": "Partida",
    "pasaje": "Pasaje", "cuesta": "Cuesta", "via": "Vía", "alameda": "Alameda",
    "bulevar": "Bulevar",
    "carrer": "Carrer", "avinguda": "Avinguda", "placa": "Plaça", "passeig": "Passeig",
    "passatge": "Passatge", "rua": "Rúa", "praza": "Praza", "estrada": "Estrada",
    "kalea": "Kalea", "barriada": "Barriada", "costanilla": "Costanilla", "vereda": "Vereda",
    "calleja": "Calleja", "corredera": "Corredera", "bajada": "Bajada", "subida": "Subida",
    "street": "Calle", "road": "Camino", "avenue": "Avenida",
  ]
  /// Also everyday words.
  static let ambiguous: Set<String> = [
    "c", "cl", "av", "plaza", "paseo", "camino", "via", "partida", "cuesta", "bajada", "subida",
    "ronda", "pasaje", "street", "road",
  ]
}
