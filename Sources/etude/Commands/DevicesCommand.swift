import ArgumentParser
import Compute
import EtudeApp

struct DevicesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices",
    abstract: "Show what can compute and what can play sound, and why something cannot.",
    discussion: """
      Examples:
        etude devices
      """)

  func run() {
    for line in deviceLines(audioDevice: nil) { Console.write(line.text + "\n") }
  }
}
