import Terminal

/// Which keys ask for which command: the command table's own keys, with what a configuration changes.
public struct KeyMap: Hashable, Sendable {
  /// Why keys can't be set so.
  public enum Problem: Error, Hashable, Sendable {
    /// The key asks for two commands in one place.
    case conflict(key: Key, Command.ID)
    /// The key chooses another reading.
    case reserved(key: Key)
    /// Off the record has to work while a value is typed: one of its keys must not be a character.
    case cannotWorkWhileTyping
    /// Nothing else does what this command does.
    case needsKey
  }

  /// The keys of the table.
  public static let standard = KeyMap()

  private var changed: [Command.ID: [Key]] = [:]
  private var commands: [Command.Context: [Key: Command.ID]] = [:]

  /// The table's keys.
  public init() { commands = KeyMap.index(changed) }

  /// The keys that ask for a command, the one to show first.
  public func keys(_ id: Command.ID) -> [Key] {
    changed[id] ?? Command.table.first { $0.id == id }?.keys ?? []
  }

  /// The command of a key.
  ///
  /// While a line is edited, keys that print are no commands.
  public func find(_ key: Key, in context: Command.Context) -> Command.ID? {
    // A key of its own comes before the function key it stands for.
    let found = commands[context]?[key]
    return found ?? key.functionEquivalent.flatMap { commands[context]?[$0] }
  }

  /// Sets the keys of a command; call ``check(_:)`` when all are set, for two commands may swap their keys.
  public mutating func set(_ id: Command.ID, to keys: [Key]) {
    changed[id] = keys
    commands = KeyMap.index(changed)
  }

  /// What is wrong with the keys of this command; nil when they can be used.
  public func check(_ id: Command.ID) -> Problem? {
    let mine = keys(id)
    if mine.isEmpty, KeyMap.needed.contains(id) { return .needsKey }
    if id == .pause, mine.allSatisfy({ $0.typed != nil }) { return .cannotWorkWhileTyping }
    for context in Command.Context.allCases {
      // A search takes keys of the interview on purpose; those were compared with each other already.
      let together = Command.available(in: context).filter {
        context != .finding || $0.context != .interview
      }
      guard together.contains(where: { $0.id == id }) else { continue }
      for key in mine where context != .editing || key.typed == nil {
        if context == .interview, KeyMap.isAlternative(key) { return .reserved(key: key) }
        if let other = together.first(where: { $0.id != id && keys($0.id).contains(key) }) {
          return .conflict(key: key, other.id)
        }
      }
    }
    return nil
  }

  /// Commands without which somebody is stuck.
  private static let needed: Set<Command.ID> = [
    .consentYes, .consentTyping, .consentNo, .pause, .accept, .keep, .cancel, .yes, .no, .close,
    .submit, .quit, .linkDuplicate, .continueDuplicate, .overrideDuplicate, .leaveDuplicates,
  ]

  private static func isAlternative(_ key: Key) -> Bool {
    (key.typed?.isASCII ?? false) && (key.typed?.wholeNumberValue ?? 0) > 0
  }

  private static func index(
    _ changed: [Command.ID: [Key]]
  ) -> [Command.Context: [Key: Command.ID]] {
    var result: [Command.Context: [Key: Command.ID]] = [:]
    for context in Command.Context.allCases {
      for command in Command.available(in: context) {
        for key in changed[command.id] ?? command.keys
        where context != .editing || key.typed == nil {
          // The first in the table wins, as long as nobody has checked.
          if result[context]?[key] == nil { result[context, default: [:]][key] = command.id }
        }
      }
    }
    return result
  }
}
