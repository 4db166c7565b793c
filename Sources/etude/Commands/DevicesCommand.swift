import ArgumentParser
import EtudeApp

struct DevicesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices",
    abstract: "List the devices that compute and play sound, and why others cannot be used.",
    discussion: """
      Examples:
        etude devices
      """)

  func run() {
    for line in DeviceList.system(audioDevice: nil).lines { Console.writeLine(line.text) }
  }
}
