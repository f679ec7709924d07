import Forms
import TestSupport
import Testing

@testable import Extraction

/// Where somebody lives, in the words of people who do not dictate a letter's address.
@Suite struct HomeTests {
  @Test(arguments: [
    TalkCase(
      "the type said twice",
      ["¿La calle la sabe?", "Trafalgar, doce, puerta seis. Es calle, calle Trafalgar."],
      "street_address", "Calle Trafalgar 12, Puerta 6"),
    TalkCase(
      "the name behind a verb", ["dónde vives", "la calle es san roque, noventa, el bajo"],
      "street_address", "Calle San Roque 90, Bajo"),
    TalkCase(
      "what the street is called",
      ["¿Dónde vivís?", "Pues la calle se llama Lepanto, 14, tercero B."],
      "street_address", "Calle Lepanto 14, 3º B"),
    TalkCase(
      "nights in the street are no street",
      ["dónde duermes", "ahora en la calle unas noches en un portal y luego calle"],
      "street_address", nil),
    TalkCase(
      "months in the street", ["¿Dónde duerme?", "en la calle ya tres meses"], "street_address",
      nil),
    TalkCase(
      "a number explained and set right",
      ["¿Señas?", "Calle Río Sil, 31... Perdón, el 31 es el bar. El 33, primero derecha."],
      "street_address", "Calle Río Sil 33, 1º Derecha"),
    TalkCase(
      "what is read back counts",
      [
        "¿Dirección?", "calle Sagunto quince, segundo A",
        "Leo: calle Sagunto, 25, segundo A, Teruel.", "Eso es.",
      ], "street_address", "Calle Sagunto 25, 2º A"),
    TalkCase(
      "a street that was left",
      ["¿Sigues ahí?", "Ya no en la calle Soria. Ahora en la calle Jaén, 8, bajo."],
      "street_address", "Calle Jaén 8, Bajo"),
    TalkCase(
      "a friend's home is one's own",
      [
        "¿Dónde te estás quedando?",
        "En Burgos, en casa de un primo, Wilmer. Calle Vitoria 70, quinto A.",
      ], "street_address", "Calle Vitoria 70, 5º A"),
    TalkCase(
      "particles belong to the name", ["¿vive ahí no? calle Gonzalo de la Torre 12", "sí"],
      "street_address", "Calle Gonzalo de la Torre 12"),
    TalkCase(
      "a king and his epithet", ["dirección", "calle Jaime primero el conquistador 7, tercero A"],
      "street_address", "Calle Jaime I el Conquistador 7, 3º A"),
    TalkCase(
      "number and door told before the type",
      ["¿En qué piso están?", "Blasco Ibáñez, diez, segundo izquierda.", "Calle Blasco Ibáñez."],
      "street_address", "Calle Blasco Ibáñez 10, 2º Izquierda"),
    TalkCase(
      "the floor in the last sentence",
      ["¿Dirección?", "Calle Carreteros, 9. Encima de la farmacia. Primero."],
      "street_address", "Calle Carreteros 9, 1º"),
    TalkCase(
      "the number said again with its floor",
      ["¿Calle?", "calle Sagasta número el trece", "el trece cuarto B"],
      "street_address", "Calle Sagasta 13, 4º B"),
    TalkCase(
      "a home that one had",
      ["¿Dónde duermes?", "Yo casa tuve, ¿sabes? En Alumbres, calle Lepanto, once, con mi mujer."],
      "street_address", nil),
    TalkCase(
      "taken down as none",
      [
        "¿Dónde duermes?", "En la calle Lepanto, once.", "Ahora mismo ninguna dirección, entonces.",
      ],
      "street_address", nil),
    TalkCase(
      "around there is no address",
      ["¿Dónde dormís?", "en la furgoneta, por el polígono Malpica"], "street_address", nil),
    TalkCase(
      "a form's numbered question",
      ["¿Domicilio?", "rúa Castelao, 9, primero A.", "Ocho, convivientes."],
      "street_address", "Rúa Castelao 9, 1º A"),
    TalkCase(
      "the past before a comma",
      ["¿vives en Inca?", "no, Inca antes, desde mayo en Manacor calle Olesa setenta primero"],
      "street_address", "Calle Olesa 70, 1º"),
  ])
  func street(talk: TalkCase) throws { #expect(try talk.heard() == talk.value, "\(talk)") }

  @Test(arguments: [
    TalkCase(
      "read back as the town's name is written",
      ["¿Dirección?", "calle Oriuela 7", "Orihuela, 7. ¿Piso?", "primero B"],
      "street_address", "Calle Orihuela 7, 1º B"),
    TalkCase(
      "a surname by ear", ["dirección", "calle martinez belasco doce"], "street_address",
      "Calle Martinez Velasco 12"),
    TalkCase(
      "a name that nobody writes otherwise stays", ["dirección", "calle Benicanena doce"],
      "street_address", "Calle Benicanena 12"),
    TalkCase(
      "read back in small letters",
      ["dónde viven", "calle belarde veintiuno, sexto de", "velarde, sexto D"],
      "street_address", "Calle Velarde 21, 6º D"),
  ])
  func spelling(talk: TalkCase) throws { #expect(try talk.heard() == talk.value, "\(talk)") }

  @Test(arguments: [
    TalkCase(
      "a document's digits repeated",
      ["¿Dónde vives?", "En Lorca.", "¿El DNI?", "Trece, mujer, trece. Cuatrocientos trece."],
      "postal_code", nil),
    TalkCase(
      "a piece that trails off",
      ["¿Dónde vives?", "En Bilbao.", "Cuarenta y ocho, quinientos tres..."],
      "postal_code", nil),
    TalkCase(
      "beside the town", ["Pues eso. Talavera de la Reina, Toledo, 45600. ¿El teléfono?"],
      "postal_code", "45600"),
    TalkCase(
      "behind the town in small letters", ["las palmas de gran canaria 35007"], "postal_code",
      "35007"),
    TalkCase(
      "the end first, then all of it",
      ["¿Código postal?", "¿Cuarenta y uno, setecientos dos?", "Setecientos uno. 41701."],
      "postal_code", "41701"),
    TalkCase(
      "the old one and the new one", ["¿Código postal?", "Antes era 19002. Ahora 19005."],
      "postal_code", "19005"),
    TalkCase(
      "the town stays when its code is denied",
      ["¿Dirección?", "calle Ancha 44. En Reus.", "Reus, 43204, ¿no?", "eh, no, 43 206"],
      "municipality", "Reus"),
  ])
  func code(talk: TalkCase) throws { #expect(try talk.heard() == talk.value, "\(talk)") }

  @Test(arguments: [
    TalkCase(
      "a province heard as two words", ["el código 36204, provincia de ponte vedra"], "province",
      "Pontevedra"),
    TalkCase(
      "a province of several words behind the town", ["Santiago de Compostela, A Coruña."],
      "province", "A Coruña"),
    TalkCase(
      "a floor is no past",
      ["¿Dirección?", "Calle Botica, 3, primero derecha, aquí en Dos Hermanas."], "municipality",
      "Dos Hermanas"),
    TalkCase(
      "a town and the street of its name",
      ["¿Dónde vive?", "Vivo en Vigo, en la travesía de Vigo, 12."],
      "municipality", "Vigo"),
    TalkCase(
      "a brother's town",
      ["¿Móvil?", "Puedes llamar a mi hermano: 632 90 17 45. Vive en Zamora y tiene coche."],
      "municipality", nil),
    TalkCase(
      "a town that is over",
      ["¿Dónde duermes? ¿En Lepe?", "No, Lepe se acabó. Ahora en Moguer, en un cortijo."],
      "municipality", "Moguer"),
    TalkCase(
      "where the one lives who speaks",
      [
        "la ficha es de tu madre", "sí", "¿vive contigo en Getafe?",
        "qué va, yo en Getafe y ella en Parla, en la calle Toledo, 9",
      ], "municipality", "Parla"),
    TalkCase(
      "hers in small letters",
      [
        "la ficha es de tu madre", "sí", "¿vive contigo en getafe?",
        "qué va yo en Getafe y ella en parla donde siempre",
      ], "municipality", "Parla"),
    TalkCase(
      "a daughter's name",
      ["¿Quién vive ahí?", "mi hija la Estrella", "la Estrella sigue en el instituto?"],
      "municipality", nil),
    TalkCase(
      "one name heard as two words",
      ["¿Y ahora dónde estáis?", "En al corcón. En una habitación."],
      "municipality", "Alcorcón"),
    TalkCase(
      "a capital as it sounds", ["¿De dónde viene?", "Vadajos capital, provincia de Vadajos."],
      "municipality", "Badajoz"),
    TalkCase(
      "a province as it sounds", ["¿De dónde viene?", "Vadajos capital, provincia de Vadajos."],
      "province", "Badajoz"),
    TalkCase(
      "number and door told of a street heard otherwise",
      ["¿Dónde vivís?", "Colboranca 48, segundo C.", "Calle Polvoranca."], "street_address",
      "Calle Polvoranca 48, 2º C"),
    TalkCase(
      "another street's number",
      ["¿Dónde vivís?", "El bar es Carretas 48, segundo C.", "Calle Polvoranca."], "street_address",
      "Calle Polvoranca"),
  ])
  func town(talk: TalkCase) throws { #expect(try talk.heard() == talk.value, "\(talk)") }
}
