import Forms

/// The hashtag row of the Humanitarian Exchange Language (HXL 1.1, hxlstandard.org), between header and data.
///
/// Administrative levels are Spain's: 1 autonomous community, 2 province, 3 municipality.
enum HXL {
  /// Tags of the columns that every export has.
  static let identification = [
    "#meta+id", "#date+reported", "#meta+stage", "#meta+form+id", "#meta+form+version",
    "#meta+linked",
  ]

  /// The tag of a field; its name as attribute keeps columns apart.
  static func tag(_ field: FieldDefinition) -> String {
    switch field.type {
    case .province: "#adm2+name"
    case .municipality: "#adm3+name"
    case .postalCode: "#loc+postal+code"
    case .integer: "#indicator+num+\(field.name)"
    case .date: "#date+\(field.name)"
    case .choice, .multipleChoice: "#meta+code+\(field.name)"
    case .text, .identityDocument, .phone, .email, .personName, .streetAddress, .boolean:
      "#meta+\(field.name)"
    }
  }

  /// The tag of a field's state.
  static func stateTag(_ field: FieldDefinition) -> String { "#status+\(field.name)" }
}
