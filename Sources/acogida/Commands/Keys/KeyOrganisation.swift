import ArgumentParser
import Foundation
import Messages
import Vault

/// `acogida key organisation`.
struct KeyOrganisation: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "organisation",
    abstract: "Make the organisation's pair of keys, at headquarters.",
    discussion: """
      The public key (organisation.pub) goes to every desk: config.toml, [sync] organisation_key. The
      secret key (organisation.key) stays at headquarters; without it nobody can open what was sealed,
      so keep a copy of it in a safe place.
      """)

  @Argument(help: ArgumentHelp("The folder for both files.", valueName: "folder"))
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
