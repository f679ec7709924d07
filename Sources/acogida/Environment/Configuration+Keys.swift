import Desk
import Forms
import Terminal

extension KeyMap {
  /// Reads the table `[keys]`: `command = ["F4", "ctrl-p"]`.
  ///
  /// - Throws: ``DefinitionError`` for the first key or command that is not known, and for two commands that
  ///   want the same key in one place.
  init(_ node: TOMLNode) throws(DefinitionError) {
    self.init()
    let commands = try node.keys.map { (name) throws(DefinitionError) in
      guard let id = Command.ID(rawValue: name) else {
        throw node.error(name, .particular("unknownCommand", name: name, value: ""))
      }
      set(id, to: try KeyMap.keys(node, name))
      return id
    }
    // All of them first: two commands may swap their keys.
    for id in commands {
      if let problem = check(id) { throw node.error(id.rawValue, KeyMap.explain(problem, id)) }
    }
  }

  private static func keys(_ node: TOMLNode, _ name: String) throws(DefinitionError) -> [Key] {
    let names = try node.texts(name) ?? []
    var keys: [Key] = []
    for text in names {
      guard let key = Key(name: text) else {
        throw node.error(name, .particular("unknownKeyName", name: text, value: ""))
      }
      keys.append(key)
    }
    return keys
  }

  private static func explain(
    _ problem: KeyMap.Problem, _ id: Command.ID
  ) -> DefinitionError.Problem {
    switch problem {
    case .conflict(let key, let other):
      .particular("keyConflict", name: key.configurationName, value: other.rawValue)
    case .reserved(let key): .particular("keyReserved", name: key.configurationName, value: "")
    case .cannotWorkWhileTyping: .particular("keyTypes", name: id.rawValue, value: "")
    case .needsKey: .particular("keyMissing", name: id.rawValue, value: "")
    }
  }
}
