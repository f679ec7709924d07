import Forms
import Testing

@testable import Extraction

/// Names as they are told: in pieces, spelled, shown by a letter, misheard and set right.
@Suite struct NameTests {
  @Test(arguments: [
    // Said again with the letter that was wrong.
    (
      ["¿Nombre completo?", "kevin josué maldonado celaya. zelaya con zeta"],
      "Kevin Josué Maldonado Zelaya"
    ),
    (
      ["¿Nombre?", "Ibrahima Sory Barri.", "Vale.", "Barry. Con y griega al final"],
      "Ibrahima Sory Barry"
    ),
    (
      ["¿Apellidos?", "Quiceno Marulanda, Liliana. Quiceno con Q, u, i, ce, e, ene, o."],
      "Liliana Quiceno Marulanda"
    ),
    // What was written down wrong before is not taken.
    (
      ["Hola, Saray.", "Saray Cortés Fajardo, que me han puesto Sarai con i latina."],
      "Saray Cortés Fajardo"
    ),
    // The given name by which one is greeted, made longer.
    (
      [
        "adelante, eres leidy no", "Sí, leidy johana, buenos días", "Dime los apellidos.",
        "quiñones arboleda.",
      ], "Leidy Johana Quiñones Arboleda"
    ),
    // Who asks for the surname has heard given names only.
    (
      ["¿Cómo te llamas?", "mamadou lamine", "¿Apellido?", "endiaye. ene, de, i, a, i griega, e"],
      "Mamadou Lamine Ndiaye"
    ),
    (
      ["¿Maria de Fátima?", "Sí.", "Anotado. ¿Apellidos?", "Tavares Semedo."],
      "Maria de Fátima Tavares Semedo"
    ),
    (
      [
        "buenos dias oksana", "hola", "apellido cómo era",
        "Hritsenko. En pasaporte está con hache, erre, y griega, te, ese, e, ene, ka, o.",
      ], "Oksana Hrytsenko"
    ),
    // Letters with their accents and doubles.
    (
      [
        "¿Nombre?", "Rosa Elena Huamán Quispe.", "¿Con hache?",
        "Sí, hache, u, a, eme, a con tilde, ene.",
      ], "Rosa Elena Huamán Quispe"
    ),
    (
      ["tú eres aminata", "sí aminata diallo", "diallo con dos eles, de i a ele ele o"],
      "Aminata Diallo"
    ),
    // Of two words that sound alike the second is how it is written.
    (
      [
        "nombre", "Francisco Javier.", "apellidos",
        "moya lendines lendínez con ene y con zeta al final",
      ], "Francisco Javier Moya Lendínez"
    ),
    // What others call one, and what the technician says behind the question, is no name.
    (
      ["¿Nombre?", "Francisco Javier, aunque me llaman el Pirri.", "¿Apellidos?", "Moya Rus."],
      "Francisco Javier Moya Rus"
    ),
    (
      [
        "¿Liliana Patricia?", "Sí.", "¿Apellidos? Así lo voy rellenando todo seguido.",
        "Quiceno Marulanda.",
      ], "Liliana Patricia Quiceno Marulanda"
    ),
    // A word that was not ended.
    (
      [
        "Buenos días Eutiquio, ¿y la señora?", "En casa.",
        "Tengo Eutiquio Arranz, y el segundo está cortado, Pas...", "Pascual. Arranz Pascual.",
      ], "Eutiquio Arranz Pascual"
    ),
    (
      ["nombre y apellidos", "apellido ungureanu nombre mihaela simona"], "Mihaela Simona Ungureanu"
    ),
  ])
  func namesAreReadAsTheyAreMeant(turns: [String], name: String) throws {
    var extractor = try makeExtractor()
    for (index, text) in turns.enumerated() {
      extractor.add(
        TranscriptSegment(
          id: index, start: Double(index) * 5, end: Double(index) * 5 + 4, text: text))
    }
    #expect(extractor.candidates["full_name"]?.value == .text(name))
  }
}
