import Forms

/// Serves the fields an organisation adds to its form: by type, behind their cues.
enum FormFields {
  /// Fields that have readers of their own.
  private static let builtIn: Set<FieldName> = [
    "full_name", "document_type", "document_number", "birth_date", "gender", "nationality",
    "languages", "phone",
    "email", "street_address", "postal_code", "municipality", "province", "household_size",
    "minors", "needs",
  ]

  static func mentions(_ scene: Scene, form: FormDefinition) -> [Mention] {
    []
  }
}
