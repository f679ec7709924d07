import ArgumentParser
import Foundation
import Messages
import Vault

/// `acogida key organisation`.
struct KeyOrganisation: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "organisation",
    abstract: Help.text("help.key.organisation"),
    discussion: Help.text("help.key.organisation.about"))

  @Argument(help: Help.of("help.key.organisation.folder", "folder"))
  var folder: String

  func run() throws {
    let path = { (name: String) in (folder as NSString).appendingPathComponent(name) }
    let secret = try OrganisationSecret.random()
    try secret.create(at: path("organisation.key"))
    try secret.publicKey.create(at: path("organisation.pub"))
    let catalogue = Catalogue(environment: ProcessInfo.processInfo.environment)
    try Output.line(
      catalogue.text(
        "key.organisation",
        ["secret": path("organisation.key"), "public": path("organisation.pub")]))
  }
}
