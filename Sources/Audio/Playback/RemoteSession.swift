import Glibc

/// Where sound comes out when the terminal is on another machine than the program.
package enum RemoteSession {
  /// The sentence that tells a student who is connected by SSH on which machine the sound comes
  /// out, without a full stop; nil when the terminal is on this machine.
  package static func soundRemark() -> String? {
    var name = [CChar](repeating: 0, count: 256)
    let isNamed = gethostname(&name, name.count - 1) == 0
    return soundRemark(
      host: isNamed ? String(decoding: name.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self) : "",
      environment: { getenv($0).map { String(cString: $0) } })
  }

  package static func soundRemark(host: String, environment: (String) -> String?) -> String? {
    guard environment("SSH_CONNECTION")?.isEmpty == false else { return nil }
    if let server = environment("PULSE_SERVER"), !server.isEmpty {
      return "you are connected by SSH: sound goes to the PulseAudio server \(server)"
    }
    let machine = host.isEmpty ? "the machine that Etude runs on" : host
    return "you are connected by SSH: sound comes out of \(machine), not where you sit"
  }
}
