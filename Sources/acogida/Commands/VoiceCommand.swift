import ArgumentParser
import Foundation
import Messages
import Speakers
import Store

/// `acogida voice`: the technician's voice, so that it is known among others. Optional, sealed, removable.
struct VoiceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "voice", abstract: Help.text("help.voice"),
    discussion: Help.text("help.voice.about"),
    subcommands: [VoiceEnrolCommand.self, VoiceRemoveCommand.self, VoiceStatusCommand.self])
}

/// `acogida voice enrol RECORDING`.
struct VoiceEnrolCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol", abstract: Help.text("help.voice.enrol"))

  @OptionGroup var common: CommonOptions
  @Argument(help: Help.of("help.voice.recording", "file")) var recording: String

  /// Less speech than this says too little about a voice, seconds.
  private static let least = 5.0

  func run() async throws {
    let context = try StoreContext(common)
    let process = try VoicesProcess(context.locations)
    let answer = await process.ask(VoicesRequest(path: recording, isEnrolment: true))
    await process.stop()
    guard let answer, let print = answer.print, answer.seconds >= VoiceEnrolCommand.least else {
      throw Failure(key: "error.voiceTooShort", ["path": recording])
    }
    try context.open(.working).keepVoice(Array(try JSONEncoder().encode(print)))
    try Output.line(context.catalogue.text("voice.enrolled"))
  }
}

/// `acogida voice remove`.
struct VoiceRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: Help.text("help.voice.remove"))

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = try StoreContext(common)
    let removed = try context.openExisting().removeVoice()
    try Output.line(context.catalogue.text(removed ? "voice.removed" : "voice.none"))
  }
}

/// `acogida voice status`.
struct VoiceStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: Help.text("help.voice.status"))

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = try StoreContext(common)
    let isEnrolled = try EnrolledVoice.read(context) != nil
    try Output.line(context.catalogue.text(isEnrolled ? "voice.enrolled" : "voice.none"))
  }
}
