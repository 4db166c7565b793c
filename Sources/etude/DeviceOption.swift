import ArgumentParser
import Compute

/// Where cells compute.
struct DeviceOption: ParsableArguments {
  @Option(help: ArgumentHelp("The device that computes; see etude devices.", valueName: "name"))
  var device = Device.Kind.cpu.rawValue

  /// - Throws: `Failure` with the reason why the device cannot be used.
  func check() throws {
    let devices = Device.all
    guard let chosen = devices.first(where: { $0.kind.rawValue == device }) else {
      let names = devices.map(\.kind.rawValue).joined(separator: ", ")
      throw Failure("there is no device '\(device)'", mend: "the devices are \(names)")
    }
    if var reason = chosen.reason {
      while reason.hasSuffix(".") { reason.removeLast() }
      throw Failure("--device \(device) cannot be used: \(reason)", mend: "leave it out")
    }
  }
}
