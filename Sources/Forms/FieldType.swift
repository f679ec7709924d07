/// What kind of value a field holds; decides its canonical form, its check and how speech is read for it.
public enum FieldType: String, Sendable, Codable, CaseIterable {
  /// Free text in one line.
  case text
  /// A whole number, zero or more.
  case integer
  /// A calendar date, ISO 8601 `YYYY-MM-DD`.
  case date
  /// One code of a vocabulary.
  case choice
  /// Several codes of a vocabulary, sorted.
  case multipleChoice = "multiple_choice"
  /// Number of an identity document without spaces or dashes, in capitals.
  case identityDocument = "identity_document"
  /// A telephone number in E.164.
  case phone
  /// An e-mail address.
  case email
  /// A person's full name as written in a form.
  case personName = "person_name"
  /// Street, number and floor as written on a letter.
  case streetAddress = "street_address"
  /// A Spanish postal code, five digits.
  case postalCode = "postal_code"
  /// A municipality with its official name.
  case municipality
  /// A province with its official name.
  case province
  /// Yes or no.
  case boolean

  /// Types of the fields that extraction knows by their names; a form can't give them another.
  static let ofCommonFields: [String: FieldType] = [
    "full_name": .personName, "document_type": .choice, "document_number": .identityDocument,
    "birth_date": .date, "gender": .choice, "nationality": .choice, "languages": .multipleChoice,
    "phone": .phone, "email": .email, "street_address": .streetAddress,
    "postal_code": .postalCode, "municipality": .municipality, "province": .province,
    "household_size": .integer, "minors": .integer, "needs": .multipleChoice,
    "consent_recording": .boolean, "consent_data": .boolean,
  ]
}
