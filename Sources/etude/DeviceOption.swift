import ArgumentParser
import Compute
import Messages

/// Where cells compute.
struct DeviceOption: ParsableArguments {
  @Option(help: ArgumentHelp("The device that computes; see etude devices.", valueName: "name"))
  var device = DeviceKind.cpu.rawValue

  /// The device that was chosen.
  ///
  /// - Throws: `Diagnostic` with the reason why it cannot be used.
  func chosen() throws -> DeviceKind {
    guard let kind = DeviceKind(rawValue: device) else {
      let names = DeviceKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw Diagnostic("there is no device '\(device)'", hint: "the devices are \(names)")
    }
    if var reason = Devices[kind].reason {
      while reason.hasSuffix(".") { reason.removeLast() }
      throw Diagnostic("--device \(device) cannot be used: \(reason)", hint: "leave it out")
    }
    return kind
  }
}
