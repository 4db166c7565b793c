import ArgumentParser
import EtudeApp

struct Devices: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what can compute and what can play sound, and why something cannot.",
    discussion: """
      Examples:
        etude devices
      """)

  func run() {
    for line in deviceLines(audioDevice: nil) { Console.write(line.text + "\n") }
  }
}
