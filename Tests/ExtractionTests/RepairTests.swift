import Forms
import TestSupport
import Testing

@testable import Extraction

/// What people take back, say about others, or leave half said: each case was once read wrong.
@Suite struct RepairTests {
  @Test(arguments: [
    TalkCase(
      "the husband's name, asked for in a word",
      [
        "Me llamo Ana García López.", "¿Y su marido?", "Se llama Pedro, Pedro Pérez Gil.",
        "Muy bien.",
      ],
      "full_name", "Ana García López"),
    TalkCase(
      "the husband's telephone",
      [
        "Me llamo Ana García López.", "¿El marido?", "Pedro Pérez Gil, teléfono 611222333.",
        "Muy bien.",
      ],
      "phone", nil),
    TalkCase(
      "an address for letters is no name",
      [
        "¿Cómo se llama?", "Ana García López.", "¿Y su correo?", "Ana arroba gmail punto com",
        "¿Ana arroba gmail punto com?", "Sí, eso es.",
      ], "full_name", "Ana García López"),
    TalkCase(
      "a given name asked on from, in no register", ["Yoandri qué más", "Outeiriño Pérez."],
      "full_name", "Yoandri Outeiriño Pérez"),
    TalkCase(
      "surnames of which one is a given name too", ["Antonio qué más", "Fajardo santiago"],
      "full_name", "Antonio Fajardo Santiago"),
    TalkCase(
      "a second surname asked for",
      ["Sí, señora, Jhon Fredy Quintero.", "Quintero, ¿qué más? Quintero, Ospina."],
      "full_name", "Jhon Fredy Quintero Ospina"),
    TalkCase(
      "two given names in a greeting",
      [
        "hola José Ramón perdona que te cite a estas horas", "nada nada", "tu apellido es Latorre",
        "Latorre gascón",
      ], "full_name", "José Ramón Latorre Gascón"),
    TalkCase(
      "spelled first, as asked",
      ["deletréemelo anda", "H, E, Y, S, E, L, L. Heysell auxiliadora pineda rugama"],
      "full_name", "Heysell Auxiliadora Pineda Rugama"),
    TalkCase(
      "a surname spelled is no given name",
      [
        "Señora Dumitrascu, adelante.", "Yo también me acuerdo.",
        "¿Se escribe así? De, u, eme, i, te, erre, a, ese, ce, u.",
      ], "full_name", nil),
    TalkCase(
      "two children are no name",
      [
        "buenas Dayamí", "Dayamí Fonseca rojas, de bayamo, cuba.",
        "gemelas les dicen ustedes. Leidy y Lisbet, cinco años tienen.",
      ], "full_name", "Dayamí Fonseca Rojas"),
    TalkCase(
      "what announces a name is none of it",
      ["Soy Beatriz, la trabajadora social.", "Bien.", "Yo soy Nilda Choque Mamani."],
      "full_name", "Nilda Choque Mamani"),
    TalkCase(
      "a surname taken back in one breath",
      ["¿Cómo se llama?", "Ana Pérez, no, perdón, Ana Gómez Ruiz."],
      "full_name", "Ana Gómez Ruiz"),
    TalkCase(
      "a surname said again", ["¿Cómo se llama?", "Me llamo Luis Lopes Silva."], "full_name",
      "Luis Lopes Silva"),
    TalkCase(
      "surnames first, as in a list", ["¿Nombre completo?", "Hernández Dorta Yeray"], "full_name",
      "Yeray Hernández Dorta"),
    TalkCase(
      "what begins a sentence is no surname",
      ["hola mi nombre es josé garcía lópez y vivo en la calle mayor doce"],
      "full_name", "José García López"),
    TalkCase(
      "letters between the words of a name",
      ["¿Cómo se escribe tu nombre?", "anouar, a ene o u a erre, bouzidi, be o u zeta i de i"],
      "full_name", "Anouar Bouzidi"),
    TalkCase(
      "the second surname asked for",
      [
        "¿Don Fermín Suárez? Le llamo por la solicitud.", "Sí.", "¿Cuál es el segundo apellido?",
        "Antuña.",
      ],
      "full_name", "Fermín Suárez Antuña"),
    TalkCase(
      "who says delighted is somebody else",
      ["¿Don Fermín Suárez?", "Sí.", "Elena Prieto, encantada."], "full_name", "Fermín Suárez"),
    TalkCase(
      "a surname said again for its letter",
      ["el nombre completo por favor", "Rosa Milagros Huamán Quispe huamán con hache"],
      "full_name", "Rosa Milagros Huamán Quispe"),
    TalkCase(
      "a name that is a word without its tilde", ["cómo se llama usted", "Nino beridze"],
      "full_name", "Nino Beridze"),
    TalkCase(
      "a word shows the first letter",
      ["¿Cómo se llama?", "Radu Moldobeanu.", "M de mesa, O, L, D, O, V, E, A, N, U."],
      "full_name", "Radu Moldoveanu"),
    TalkCase(
      "a given name of no register before a second one",
      ["Pasa, siéntate.", "Yusleidy del Carmen Briceño Rojas, buenas tardes."],
      "full_name", "Yusleidy del Carmen Briceño Rojas"),
    TalkCase(
      "two words that are one",
      ["¿Su nombre?", "Marta Vidal Otero Campo.", "Oterocampo, todo junto."],
      "full_name", "Marta Vidal Oterocampo"),
    TalkCase(
      "a street in the same breath asks nothing",
      ["Me llamo Ana López. Vivo en la calle Luna 4."], "full_name", "Ana López"),
    TalkCase(
      "a surname is no town", ["Me llamo Carmen López García. Vivo en la calle Mayor 12."],
      "municipality", nil),
    TalkCase(
      "read back once the letters were told",
      [
        "¿Nombre completo?", "Soila Quispe Mamani.", "Zoila con zeta, ¿no?", "Sí, con zeta.",
        "Muy bien, Zoila Quispe Mamani.",
      ], "full_name", "Zoila Quispe Mamani"),
    TalkCase(
      "letters over several turns",
      ["¿Cómo te llamas?", "Yusra el Ouardi.", "¿Cómo se escribe?", "I griega o U.", "S, R, A."],
      "full_name", "Yousra El Ouardi"),
    TalkCase(
      "name and surname told apart",
      ["En la tarjeta pone Zhang Xiaoli, ¿no?", "Apuntado: nombre Xiaoli, apellido Zhang."],
      "full_name", "Xiaoli Zhang"),
    TalkCase(
      "what more asks for the second surname",
      ["¿Cómo se llama?", "Jhon Jairo Restrepo.", "¿Restrepo qué más?", "Zapata."],
      "full_name", "Jhon Jairo Restrepo Zapata"),
    TalkCase(
      "a street is no name", ["Ahora pedro lorca, calle Pedro lorca, número ochenta y ocho"],
      "full_name", nil),
  ])
  func names(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "the sign in two words",
      ["¿Correo?", "luzmarina87 a roba hotmail punto com"], "email", "luzmarina87@hotmail.com"),
    TalkCase(
      "the sign misheard before a provider",
      ["¿Correo?", "luz punto marina arriba g mail punto com"], "email", "luz.marina@gmail.com"),
    TalkCase(
      "up the street is no sign",
      ["¿Dónde vives?", "Vivo arriba de todo, punto. Es de mi tía."], "email", nil),
    TalkCase(
      "a provider taken back",
      [
        "¿Correo electrónico?",
        "ana punto ruiz arroba gmail punto com, no, perdón, arroba hotmail punto com.",
      ],
      "email", "ana.ruiz@hotmail.com"),
    TalkCase(
      "how the ending is not",
      ["¿Correo?", "luis punto vera arroba outlook punto es. Es, no com."], "email",
      "luis.vera@outlook.es"),
    TalkCase(
      "commas between", ["¿Algún correo?", "wtoapanta, arroba, outlook, punto, es."], "email",
      "wtoapanta@outlook.es"),
    TalkCase(
      "made by a daughter",
      ["¿Usa correo?", "Me lo abrió mi hija: luzvera, todo junto, arroba gmail punto com."],
      "email", "luzvera@gmail.com"),
    TalkCase(
      "the organisation's", ["Si necesita algo escríbanos a info@ejemplo.org."], "email", nil),
  ])
  func emails(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "letters of a passport in small letters",
      ["¿Tiene pasaporte?", "sí es el efe be uno dos tres cuatro cinco seis siete"],
      "document_number", "FB1234567"),
    TalkCase(
      "letters among the digits",
      ["¿Qué número tiene el pasaporte?", "uno cuatro, A, B, cinco siete dos cero tres"],
      "document_number", "14AB57203"),
    TalkCase(
      "a letter at the end",
      [
        "¿Pasaporte?",
        "P de papá, ocho dos uno, cuarenta y cuatro, cero seis, y al final una B de Bravo.",
      ],
      "document_number", "P8214406B"),
    TalkCase(
      "a cardinal and its letter",
      [
        "Número del documento nacional de identidad.",
        "Doce millones, trescientos cuarenta y cinco mil, seiscientos setenta y ocho. De letra, la zeta de Zaragoza.",
      ],
      "document_number", "12345678Z"),
    TalkCase(
      "a NIE that nobody asked for, in two turns",
      ["No pasa nada, se lee. Es la X 8 1", "40 2 6 3 B de Barcelona."], "document_number",
      "X8140263B"),
  ])
  func documents(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "a friend's behind the own",
      ["¿Teléfono?", "632 55 09 17, si no contesto llama a mi amigo, él es 698 21 44 30"],
      "phone", "+34632550917"),
    TalkCase(
      "hers was what came before",
      ["¿Un móvil?", "617 23 95... dieciséis. Ay, no, que ese es el de mi hermana. 617 23 95 61."],
      "phone", "+34617239561"),
    TalkCase(
      "the one to take down",
      [
        "¿Teléfono?",
        "El de casa es el 985 46 10 22, pero no oye nadie. Ponme el móvil: 617 29 05 43.",
      ],
      "phone", "+34617290543"),
    TalkCase(
      "of one named", ["¿Su teléfono?", "663 08 24 57. El de Freddy es 663 08 24 58."], "phone",
      "+34663082457"),
    TalkCase(
      "mine, not theirs",
      ["¿La línea es tuya o va a nombre de ellos?", "Mía, de prepago. 655 73 20 81."], "phone",
      "+34655732081"),
  ])
  func phones(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "the number read back wrong",
      ["¿Calle Mayor, veintidós, tercero derecha?", "Treinta y dos. Veintidós es la panadería."],
      "street_address", "Calle Mayor 32, 3º Derecha"),
    TalkCase(
      "an office's street", ["Le doy un vale para las duchas de la calle Blondel 3."],
      "street_address", nil),
    TalkCase(
      "a postal code is no number",
      ["Calle Secundino Alonso. ¿El 35600?", "Treinta y cinco seiscientos."],
      "street_address", "Calle Secundino Alonso"),
    TalkCase(
      "two surnames", ["¿En qué calle?", "calle ramón y cajal diez segundo izquierda"],
      "street_address",
      "Calle Ramón y Cajal 10, 2º Izquierda"),
    TalkCase(
      "floor in Catalan", ["¿Dirección?", "carrer de gurb 80 quart primera"], "street_address",
      "Carrer de Gurb 80, 4º 1ª"),
    TalkCase(
      "a verb is no street", ["¿En qué calle?", "Somos once, doce."], "street_address", nil),
    TalkCase(
      "a door in the answer is no question",
      ["¿Dónde vive?", "En la calle Santa Clara.", "veintisiete, puerta seis."], "street_address",
      "Calle Santa Clara 27, Puerta 6"),
  ])
  func streets(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }

  @Test(arguments: [
    TalkCase(
      "a province behind its town",
      ["¿Dónde vive?", "En Alcalá de Henares.", "¿Código postal?", "28802.", "Madrid."],
      "municipality", "Alcalá de Henares"),
    TalkCase(
      "the same, the province",
      ["¿Dónde vive?", "En Alcalá de Henares.", "¿Código postal?", "28802.", "Madrid."],
      "province", "Madrid"),
    TalkCase(
      "the capital, not its namesake", ["¿Vive aquí en Castellón?", "Sí."], "municipality",
      "Castelló de la Plana/Castellón de la Plana"),
    TalkCase(
      "a verb like a town", ["¿Sigues en la casa de Ponferrada?", "Sí."], "municipality", nil),
    TalkCase("where one was", ["¿De la India?", "No, no, Bangladesh."], "nationality", "BGD"),
    TalkCase("a longer name", ["¿De qué país es?", "De Guinea Ecuatorial."], "nationality", "GNQ"),
    TalkCase("a language, not a people", ["español poco. francés mejor"], "nationality", nil),
    TalkCase(
      "a wife's language", ["¿Qué idiomas habla?", "hablo árabe y francés mi mujer habla inglés"],
      "languages",
      .list(["ar", "fr"])),
    TalkCase(
      "understood, not spoken",
      ["¿Qué idiomas hablas?", "Español. El catalán lo entiendo, pero hablarlo no."],
      "languages", .list(["es"])),
    TalkCase(
      "a boarding house of a town",
      ["¿Dónde vives?", "Con mi hermana, en una pensión de Getafe, la paga el programa."],
      "municipality", "Getafe"),
  ])
  func placesAndLanguages(_ item: TalkCase) throws {
    #expect(try item.heard() == item.value, "\(item)")
  }

  @Test(arguments: [
    TalkCase(
      "a year taken back bare",
      [
        "Fecha de nacimiento", "el veinticuatro de junio del setenta y ocho... no, setenta y nueve",
      ],
      "birth_date", "1979-06-24"),
    TalkCase(
      "the month read back wrong",
      [
        "¿Cuándo nació?", "El catorce de enero del noventa y seis.", "Catorce de junio de 1996...",
        "De enero.",
      ],
      "birth_date", "1996-01-14"),
    TalkCase(
      "digits of a document are no date",
      [
        "¿Y la fecha de caducidad de la tarjeta?",
        "y griega, cero seis, treinta y siete, cinco, ocho, uno, ene",
      ], "birth_date", nil),
    TalkCase(
      "with pauses", ["¿Y tu fecha de nacimiento?", "el treinta y uno... eh... doce. dos mil"],
      "birth_date", "2000-12-31"),
  ])
  func dates(_ item: TalkCase) throws { #expect(try item.heard() == item.value, "\(item)") }
}
