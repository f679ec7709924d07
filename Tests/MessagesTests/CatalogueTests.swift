import Testing

@testable import Messages

@Suite struct CatalogueTests {
  @Test(arguments: [
    ([:], "es"), (["LANG": "en_GB.UTF-8"], "en"), (["LANG": "es_ES.UTF-8"], "es"),
    (["LC_ALL": "C", "LANG": "en_US"], "es"), (["LC_ALL": "", "LANG": "en_US"], "en"),
    (["ACOGIDA_LANG": "en", "LC_ALL": "es_ES"], "en"), (["LANG": "fr_FR"], "es"),
    (["LANGUAGE": "fr:en_GB:es", "LANG": "es_ES"], "en"),
    (["LANGUAGE": "en", "LC_ALL": "C.UTF-8"], "es"),
    (["LANGUAGE": "en"], "en"), (["ACOGIDA_LANG": "fr", "LANG": "en_US"], "en"),
    (["LC_MESSAGES": "en_IE@euro", "LANG": "es_ES"], "en"), (["LANG": "eng"], "es"),
  ])
  func languageOfTheEnvironment(environment: [String: String], language: String) {
    #expect(Catalogue(environment: environment).language == language)
  }

  @Test func theConfigurationStandsBetweenTheOwnVariableAndTheLocale() {
    let locale = ["LANG": "en_US", "LANGUAGE": "en"]
    #expect(Catalogue(environment: locale, configured: "es").language == "es")
    let own = ["ACOGIDA_LANG": "en", "LANG": "es_ES"]
    #expect(Catalogue(environment: own, configured: "es").language == "en")
  }

  @Test(arguments: [
    ("plain", ["a": "1"], "plain"), ("{a} and {b}", ["a": "1"], "1 and {b}"),
    ("{a}{a}", ["a": "{b}", "b": "x"], "{b}{b}"), ("open { brace", ["a": "1"], "open { brace"),
    ("{a", ["a": "1"], "{a"), ("", ["a": "1"], ""),
  ])
  func placeholders(template: String, values: [String: String], filled: String) {
    #expect(Catalogue.fill(template, values) == filled)
  }

  @Test func unknownKeyStandsForItself() {
    #expect(Catalogue(language: "en").text("no.such.key") == "no.such.key")
  }

  @Test func everyLanguageHasEveryKey() {
    let keys = Catalogue.languages.map { Set((catalogues[$0] ?? [:]).keys) }
    #expect(keys.allSatisfy { $0 == keys[0] && !$0.isEmpty })
  }
}
