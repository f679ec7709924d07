import Forms
import Testing

@testable import Extraction

/// Names as they are told: in pieces, spelled, shown by a letter, misheard and set right.
@Suite struct NameTests {
  /// Each value that was heard is compared with all that is said after it.
  @Test func valuesThatAreKeptAreFew() throws {
    var extractor = try makeExtractor()
    for number in 1...200 {
      extractor.add(
        TranscriptSegment(
          id: number, start: Double(number), end: Double(number) + 1,
          text: "Vivo en la calle Mayor \(number)"))
    }
    #expect(extractor.ledgers["street_address"]?.entries.count ?? 0 <= 64)
    #expect(extractor.candidates["street_address"]?.value == "Calle Mayor 200")
  }

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
    // A turn that is nothing but the name, in pieces and letters, in whatever words between them.
    (
      [
        "¿Cómo te llamas?", "Samba. Sam ba", "Deletréamelo.",
        "ese, a, eme, be, a. Samba. Oumar. Keïta.",
      ], "Samba Oumar Keïta"
    ),
    (
      [
        "tu nombre entero", "parwana. pe a erre uve doble a ene a. familia azisi. a zeta i zeta i",
      ], "Parwana Azizi"
    ),
    (
      [
        "ikram pasa siéntate", "hola", "cómo se escribe que me baila la ka",
        "i ka erre a eme, y el apellido bou salem, todo junto, Bousalem",
      ], "Ikram Bousalem"
    ),
    (
      ["siéntate, eres fatoumata no", "fatoumata coulibali. ce o u ele i be a ele ye"],
      "Fatoumata Coulibaly"
    ),
    // A letter shown of the word that was heard.
    (["¿Nombre?", "amadu beye diata. Diata con dos tes"], "Amadu Beye Diatta"),
    (["¿Nombre completo?", "Jenifer Leiva Ocampo. Leiva con y griega."], "Jenifer Leyva Ocampo"),
    // The letter is in both words: it tells nothing for the one misheard.
    (
      ["nombre y apellidos", "Julio César Bracho Rincón", "brazo con be de burro", "eso"],
      "Julio César Bracho Rincón"
    ),
    // Letters over several turns, and what a comment adds to them.
    (
      [
        "¿Nombre?", "hicham ben daoud", "Apellido Bendaoud, be, e, ene, de, a...", "o u de",
      ], "Hicham Bendaoud"
    ),
    (
      ["¿Nombre y apellidos?", "lisbani corrales Mena", "¿Cómo?", "L, I, S, V, A, N, Y. i griega"],
      "Lisvany Corrales Mena"
    ),
    // A part that is said again changes that part only.
    (
      [
        "nombre completo", "ibraima sek diop", "ibrahima con hache",
        "sí ibrahima i be erre a hache i eme a seck ese e ce ka",
      ], "Ibrahima Seck Diop"
    ),
    // Begun and said whole; asked on from given names.
    (
      ["me dices tu nombre", "rosa luz", "rosa luz qué más", "quin quintana perdona"],
      "Rosa Luz Quintana"
    ),
    (["¿Nombre?", "Dorin Marian. Apellido solo Stan."], "Dorin Marian Stan"),
    (
      [
        "tranquila a ver nombre completo y el número del papel si lo tienes",
        "milagros reyes de la rosa",
      ],
      "Milagros Reyes de la Rosa"
    ),
    // Told before the question, in the same breath; hailed without a comma.
    (
      ["Me llamo Noa.", "Perfecto, Noa, así lo pongo. ¿Apellidos?", "Ferreira Lago."],
      "Noa Ferreira Lago"
    ),
    (
      ["Encarnación buenas tardes", "hola", "dígame los apellidos", "Féliz Reyes."],
      "Encarnación Féliz Reyes"
    ),
    // Denied, and told by who was mistaken for somebody else.
    (
      [
        "¿Elena Rus?", "No, Rus es otra señora. Yo soy Elena también.", "Perdona.",
        "Mi nombre es Elena Sofía Dumitru.",
      ], "Elena Sofía Dumitru"
    ),
    // No other surname: the name stands.
    (
      ["¿Nombre?", "Gurpreet Kaur.", "¿Kaur es el apellido, tiene otro?", "No, solo Kaur."],
      "Gurpreet Kaur"
    ),
    // Asked on from the given name, which is longer than was known.
    (["Hola, Luz.", "hola", "Luz qué más", "Luz Marina Ospina Cano"], "Luz Marina Ospina Cano"),
    // The article of a name, between letters.
    (["nombre", "Hamid. apellido el amrani a eme erre a ene i"], "Hamid El Amrani"),
    // How it is written is no denial of it.
    (
      [
        "¿Cómo te llamas?", "Oxana Bondar.", "¿Oxana con equis? No, con ka y ese.",
        "O, K, S, A, N, A.",
      ],
      "Oksana Bondar"
    ),
    // The child was asked first; then the mother.
    (
      ["y la niña ¿cómo se llama?", "Es Aya, dos años", "y tú eres samira", "samira hamdan"],
      "Samira Hamdan"
    ),
    (
      ["nombre y apellidos", "apellido es gueye nombre serigne modou"], "Serigne Modou Gueye"
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
