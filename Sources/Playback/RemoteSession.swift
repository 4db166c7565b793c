import Glibc

/// Where sound is heard if the terminal and the program are on different machines.
package enum RemoteSession {
  /// A sentence, without a full stop, that tells a student connected by SSH on which machine the sound
  /// is played; nil if the terminal is on this machine.
  package static func soundRemark() -> String? {
    soundRemark(host: host, environment: { getenv($0).map { String(cString: $0) } })
  }

  /// This machine's name; empty if it has none.
  static var host: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
  }

  package static func soundRemark(host: String, environment: (String) -> String?) -> String? {
    guard environment("SSH_CONNECTION")?.isEmpty == false else { return nil }
    if let server = environment("PULSE_SERVER"), !server.isEmpty {
      return "you are connected by SSH: sound goes to the PulseAudio server \(server)"
    }
    let machine = host.isEmpty ? "the machine Etude runs on" : host
    return "you are connected by SSH: sound comes out of \(machine), not where you sit"
  }
}
