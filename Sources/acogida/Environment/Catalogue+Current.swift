import Forms
import Foundation
import Messages

extension Catalogue {
  /// The texts for whoever runs the program: the environment and the configuration at its usual place decide.
  static func current(_ locations: Locations = Locations()) -> Catalogue {
    let file = locations.configuration.appendingPathComponent("config.toml")
    // A file with a mistake is complained of by whoever needs what it says.
    let text = try? String(contentsOf: file, encoding: .utf8)
    let screen = text.flatMap { try? TOMLNode(toml: $0).section("screen") }
    let language = (try? screen?.optionalString("language")) ?? nil
    return Catalogue(environment: locations.environment, configured: language ?? "")
  }
}
