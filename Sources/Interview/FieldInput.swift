import Extraction
import Forms

/// What a person typed for a field, turned into the field's canonical form.
public enum FieldInput {
  /// What is wrong with what was typed.
  public enum Problem: String, Error, Hashable, Sendable {
    /// Nothing was typed.
    case empty
    /// Not a whole number from 0 to 999.
    case notANumber
    /// Not a date that exists, or one in the future.
    case notADate
    /// None of the vocabulary's values.
    case notAChoice
    /// Not a telephone number.
    case notAPhone
    /// Not an e-mail address.
    case notAnEmail
    /// Not a Spanish postal code.
    case notAPostalCode
    /// Neither yes nor no.
    case notYesOrNo
    /// The letter does not belong to the number; it may be kept if the document says so.
    case wrongCheckLetter

    /// Whether the value may be kept all the same.
    public var mayBeKept: Bool { self == .wrongCheckLetter }
  }

  /// Reads what was typed.
  ///
  /// - Parameters:
  ///   - text: as typed.
  ///   - field: the field it is for.
  ///   - form: for the vocabularies.
  ///   - today: ISO 8601 date; no date may be later.
  ///   - keepsDoubtful: accepts what ``Problem/mayBeKept`` allows.
  public static func value(
    _ text: String, for field: FieldDefinition, in form: FormDefinition, today: String,
    keepsDoubtful: Bool = false
  ) -> Result<FieldValue, Problem> {
    let text = TypedText.canonical(text)
    guard !text.isEmpty else { return .failure(.empty) }
    switch field.type {
    case .text, .personName, .streetAddress, .municipality, .province: return .success(.text(text))
    case .integer: return integer(text)
    case .date: return date(text, today: today)
    case .choice: return choice(text, field, form).map { .text($0) }
    case .multipleChoice: return choices(text, field, form)
    case .identityDocument: return document(text, keepsDoubtful: keepsDoubtful)
    case .phone: return phone(text)
    case .email: return email(text)
    case .postalCode: return postalCode(text)
    case .boolean: return yesOrNo(text)
    }
  }

  private static func integer(_ text: String) -> Result<FieldValue, Problem> {
    guard let number = Int(text), (0...999).contains(number) else { return .failure(.notANumber) }
    return .success(.integer(number))
  }

  /// ISO 8601, or day, month and year with any separator.
  private static func date(_ text: String, today: String) -> Result<FieldValue, Problem> {
    let parts = text.split { !$0.isNumber }.compactMap { Int($0) }
    guard parts.count == 3 else { return .failure(.notADate) }
    let isISO = text.prefix(4).allSatisfy(\.isNumber) && text.count >= 8
    let (year, month, day) = isISO ? (parts[0], parts[1], parts[2]) : (parts[2], parts[1], parts[0])
    guard let date = CalendarDate(year: year, month: month, day: day),
      (1900...2200).contains(year)
    else { return .failure(.notADate) }
    return date.iso > today ? .failure(.notADate) : .success(.text(date.iso))
  }

  private static func choice(
    _ text: String, _ field: FieldDefinition, _ form: FormDefinition
  ) -> Result<String, Problem> {
    guard let entries = form.vocabulary(of: field)?.entries else {
      return builtInCode(text, field) ?? .success(text)
    }
    let wanted = Folding.fold(text)
    let names = { (entry: Vocabulary.Entry) in
      [entry.code] + Array(entry.label.byLanguage.values) + entry.synonyms.values.flatMap { $0 }
    }
    if let exact = entries.first(where: { names($0).contains { Folding.fold($0) == wanted } }) {
      return .success(exact.code)
    }
    let begun = entries.filter { entry in
      names(entry).contains { Folding.fold($0).hasPrefix(wanted) }
    }
    if begun.count == 1 { return .success(begun[0].code) }
    // The tables that come with the program don't name every country and language there is.
    return builtInCode(text, field) ?? .failure(.notAChoice)
  }

  /// What was typed as a code of ISO 3166-1 or ISO 639-1; nil for a vocabulary of the form's own.
  private static func builtInCode(
    _ text: String, _ field: FieldDefinition
  ) -> Result<String, Problem>? {
    switch field.vocabulary {
    case "iso:countries":
      isCode(text, length: 3) ? .success(text.uppercased()) : .failure(.notAChoice)
    case "iso:languages":
      isCode(text, length: 2) ? .success(text.lowercased()) : .failure(.notAChoice)
    default: nil
    }
  }

  private static func isCode(_ text: String, length: Int) -> Bool {
    text.count == length && text.allSatisfy { $0.isASCII && $0.isLetter }
  }

  private static func choices(
    _ text: String, _ field: FieldDefinition, _ form: FormDefinition
  ) -> Result<FieldValue, Problem> {
    var codes: Set<String> = []
    for part in text.split(whereSeparator: { ",;".contains($0) }) {
      let item = part.split(separator: " ").joined(separator: " ")
      switch choice(item, field, form) {
      case .success(let code): codes.insert(code)
      case .failure(let problem): return .failure(problem)
      }
    }
    return codes.isEmpty ? .failure(.notAChoice) : .success(.list(codes.sorted()))
  }

  private static func document(_ text: String, keepsDoubtful: Bool) -> Result<FieldValue, Problem> {
    let number = text.uppercased().filter { $0.isLetter || $0.isNumber }
    guard !number.isEmpty else { return .failure(.empty) }
    if IdentityNumber.kind(number) != nil, !IdentityNumber.isValid(number), !keepsDoubtful {
      return .failure(.wrongCheckLetter)
    }
    return .success(.text(number))
  }

  private static func phone(_ text: String) -> Result<FieldValue, Problem> {
    let digits = text.filter { $0.isASCII && $0.isNumber }
    guard let number = PhoneNumber.international(digits, hasPlus: text.hasPrefix("+")) else {
      return .failure(.notAPhone)
    }
    return .success(.text(number))
  }

  private static func email(_ text: String) -> Result<FieldValue, Problem> {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let isAddress =
      parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !text.contains(" ")
      && !parts[1].hasPrefix(".") && !parts[1].hasSuffix(".")
    return isAddress ? .success(.text(text.lowercased())) : .failure(.notAnEmail)
  }

  private static func postalCode(_ text: String) -> Result<FieldValue, Problem> {
    let digits = text.filter { $0 != "." && $0 != " " }
    guard digits.count == 5, let number = Int(digits), (1...52).contains(number / 1000) else {
      return .failure(.notAPostalCode)
    }
    return .success(.text(digits))
  }

  private static func yesOrNo(_ text: String) -> Result<FieldValue, Problem> {
    switch Folding.fold(text) {
    case "si", "s", "yes", "y", "true", "1": .success(.boolean(true))
    case "no", "n", "false", "0": .success(.boolean(false))
    default: .failure(.notYesOrNo)
    }
  }
}
