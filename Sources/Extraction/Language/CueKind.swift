/// What a phrase of a language pack means. The raw value is the section's name in the pack's files.
enum CueKind: String, CaseIterable, Sendable {
  // Questions, by what they ask for.
  case askName = "ask.name"
  case askSurname = "ask.surname"
  case askDocument = "ask.document"
  case askPassport = "ask.passport"
  case askPhone = "ask.phone"
  case askEmail = "ask.email"
  case askPlace = "ask.place"
  case askStreet = "ask.street"
  case askFloor = "ask.floor"
  case askPostal = "ask.postal"
  case askProvince = "ask.province"
  case askBirth = "ask.birth"
  case askAge = "ask.age"
  case askGender = "ask.gender"
  case askNationality = "ask.nationality"
  case askLanguages = "ask.languages"
  case askHousehold = "ask.household"
  case askMinors = "ask.minors"
  case askNeeds = "ask.needs"
  case askElsewhere = "ask.elsewhere"
  case askOther = "ask.other"
  // Words that announce a value.
  case sayName = "say.name"
  case saySurname = "say.surname"
  case sayNickname = "say.nickname"
  case sayLive = "say.live"
  case sayOrigin = "say.origin"
  case sayPast = "say.past"
  case sayPhone = "say.phone"
  case sayBirth = "say.birth"
  // Whose value it is.
  case otherPhone = "other.phone"
  case holderOther = "holder.other"
  case holderSelf = "holder.self"
  case technicianSelf = "technician.self"
  case child = "child"
  case proxy = "proxy"
  // Who lives together.
  case kinElder = "kin.elder"
  case kinPeer = "kin.peer"
  case kinOffspring = "kin.offspring"
  case kinMinor = "kin.minor"
  case kinRank = "kin.rank"
  case homeAway = "home.away"
  case homeHere = "home.here"
  case homeApart = "home.apart"
  case homeNobody = "home.nobody"
  case minorsNone = "minors.none"
  case askMore = "ask.more"
  // What a turn does with what was said before.
  case yes = "yes"
  case no = "no"
  case repair = "repair"
  case patch = "patch"
  case retract = "retract"
  case notMine = "not.mine"
  // States of the world.
  case noDocument = "no.document"
  case noHome = "no.home"
  case expired = "expired"
  case otherDate = "date.other"
  case hintLetter = "hint.letter"
  case spell = "spell"
  // Needs.
  case request = "request"
  case wish = "wish"
  case lack = "lack"
  case uptake = "uptake"
  case offer = "offer"
  case covered = "covered"
  case problem = "problem"
  case service = "service"
  case hint = "hint"
  case interrogate = "interrogate"
  // Vocabularies.
  case country = "country"
  case demonym = "demonym"
  case demonyms = "demonym.plural"
  case language = "language"
  case month = "month"
  case gender = "gender"
  // What a form's own fields add.
  case field = "field"
  case choice = "choice"

  /// Whether it names somebody by relationship.
  var isKin: Bool {
    [.kinElder, .kinPeer, .kinOffspring, .kinMinor, .kinRank].contains(self)
  }

  /// Whether it is about who lives together.
  var isAboutHome: Bool { isKin || [.homeApart, .homeNobody, .minorsNone].contains(self) }

  /// Whether its sections in a pack's files name the code of a need.
  var hasCode: Bool { self == .problem || self == .service || self == .hint }

  /// What a question of this kind asks for; nil for anything that is no question.
  var topic: Topic? {
    switch self {
    case .askName: .name
    case .askSurname: .surname
    case .askDocument: .document
    case .askPassport: .passport
    case .askPhone: .phone
    case .askEmail: .email
    case .askPlace: .place
    case .askStreet: .street
    case .askFloor: .floor
    case .askPostal: .postalCode
    case .askProvince: .province
    case .askBirth: .birthDate
    case .askAge: .age
    case .askGender: .gender
    case .askNationality: .nationality
    case .askLanguages: .languages
    case .askHousehold: .household
    case .askMinors: .minors
    case .askNeeds: .needs
    case .askElsewhere: .elsewhere
    case .askOther: .other
    default: nil
    }
  }
}

/// A phrase's meaning: its kind, and for kinds with a vocabulary the code it stands for.
struct Cue: Hashable, Sendable {
  let kind: CueKind
  /// Index into ``LanguagePack/codes``; -1 for none.
  let code: Int32
}

/// A cue found in a turn.
struct Hit: Hashable, Sendable {
  let kind: CueKind
  let code: Int32
  /// Index of the turn's tokens.
  let tokens: Range<Int>
}

/// What the talk is about: the last question, as far as it asks for a field.
enum Topic: Hashable, Sendable, CaseIterable {
  case name, surname, document, passport, phone, email, place, street, floor, postalCode, province
  case birthDate, age, gender, nationality, languages, household, minors, needs, elsewhere, other
}
