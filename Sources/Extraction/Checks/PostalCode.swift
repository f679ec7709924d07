/// Spanish postal codes: five digits, the first two the province (INE codes 01 to 52).
public enum PostalCode {
  /// Official names of the provinces by the two digits, less one.
  public static let provinces = [
    "Araba/Álava", "Albacete", "Alicante/Alacant", "Almería", "Ávila", "Badajoz", "Illes Balears",
    "Barcelona", "Burgos", "Cáceres", "Cádiz", "Castellón/Castelló", "Ciudad Real", "Córdoba",
    "A Coruña", "Cuenca", "Girona", "Granada", "Guadalajara", "Gipuzkoa", "Huelva", "Huesca",
    "Jaén", "León", "Lleida", "La Rioja", "Lugo", "Madrid", "Málaga", "Murcia", "Navarra",
    "Ourense", "Asturias", "Palencia", "Las Palmas", "Pontevedra", "Salamanca",
    "Santa Cruz de Tenerife", "Cantabria", "Segovia", "Sevilla", "Soria", "Tarragona", "Teruel",
    "Toledo", "Valencia/València", "Valladolid", "Bizkaia", "Zamora", "Zaragoza", "Ceuta",
    "Melilla",
  ]

  /// Whether five digits can be a Spanish postal code.
  public static func isValid(_ code: String) -> Bool { province(code) != nil }

  /// The province a code lies in; nil for no code.
  public static func province(_ code: String) -> String? {
    guard code.utf8.count == 5, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let prefix = Int(code.prefix(2)), (1...52).contains(prefix)
    else { return nil }
    return provinces[prefix - 1]
  }

  /// The official province of a folded name, by any of its names; nil for none.
  static func province(named folded: String) -> String? { byName[folded] }

  /// The official province of a folded word that sounds like one of its names; nil for none.
  static func province(soundingLike folded: String) -> String? { bySound[PhoneticKey.key(folded)] }

  private static let bySound: [[UInt8]: String] = byName.reduce(into: [:]) { table, entry in
    if entry.key.utf8.count >= 4 { table[PhoneticKey.key(entry.key)] = entry.value }
  }

  /// Folded words that a province's name may begin with.
  static let firstWords = Set(
    byName.keys.compactMap { $0.split(separator: " ").first.map(String.init) })

  private static let byName: [String: String] = {
    var table: [String: String] = [:]
    for name in provinces {
      table[Folding.fold(name)] = name
      for part in name.split(separator: "/") { table[Folding.fold(part)] = name }
    }
    let others = [
      ("alava", 0), ("baleares", 6), ("islas baleares", 6), ("mallorca", 6), ("gerona", 16),
      ("guipuzcoa", 19), ("lerida", 24), ("rioja", 25), ("orense", 31), ("vizcaya", 47),
      ("coruna", 14), ("la coruna", 14), ("tenerife", 37), ("gran canaria", 34),
      ("comunidad de madrid", 27), ("castello", 11),
      ("nafarroa", 30),
    ]
    for (name, index) in others where index < provinces.count { table[name] = provinces[index] }
    return table
  }()
}
