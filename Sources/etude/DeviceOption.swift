import ArgumentParser
import Compute
import Messages

/// Where cells compute.
struct DeviceOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The device that computes; see etude devices. Without it the CPU, or in the reader the one that "
        + "was chosen last.", valueName: "name"),
    completion: .list(DeviceKind.allCases.map(\.rawValue)))
  var device: String?

  @Option(
    help: ArgumentHelp(
      "The most threads that compute at a time; any number gives the same bits.", valueName: "n"))
  var threads: Int?

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads is \(threads), but must be from 1 to 256")
    }
  }

  /// The device that was chosen; nil when none was. Comes before devices are used, since it registers the
  /// processor with its number of threads.
  ///
  /// - Throws: `Diagnostic` with the reason why it cannot be used.
  func chosen() throws -> DeviceKind? {
    if let threads { Devices.register(CPU(threads: threads)) }
    guard let device else { return nil }
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
