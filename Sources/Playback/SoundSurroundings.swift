import Glibc

/// What decides whether sound can be heard on a computer: its files and variables, asked for by name, so
/// that a test can make up a computer.
package struct SoundSurroundings: Sendable {
  package enum Access: Sendable { case missing, denied, granted }

  package var host: String
  package var userID: UInt32
  package var environment: @Sendable (_ name: String) -> String?
  /// Whether the user may read and write a file.
  package var access: @Sendable (_ path: String) -> Access
  /// The first line of a file that has any.
  package var firstLine: @Sendable (_ path: String) -> String?

  package init(
    host: String, userID: UInt32, environment: @escaping @Sendable (String) -> String?,
    access: @escaping @Sendable (String) -> Access,
    firstLine: @escaping @Sendable (String) -> String?
  ) {
    self.host = host
    self.userID = userID
    self.environment = environment
    self.access = access
    self.firstLine = firstLine
  }

  /// This computer's.
  package static func system() -> SoundSurroundings {
    SoundSurroundings(
      host: RemoteSession.host, userID: getuid(),
      environment: { getenv($0).map { String(cString: $0) } },
      access: { path in
        if Glibc.access(path, F_OK) != 0 { return .missing }
        return Glibc.access(path, R_OK | W_OK) == 0 ? .granted : .denied
      },
      firstLine: { path in
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        guard fgets(&line, Int32(line.count), file) != nil else { return nil }
        return String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      })
  }
}

extension SoundSurroundings {
  func has(_ path: String) -> Bool { access(path) != .missing }

  /// Empty counts as unset.
  func variable(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }

  var isSSH: Bool { variable("SSH_CONNECTION") != nil }

  /// The Windows Subsystem for Linux.
  var isWSL: Bool {
    firstLine("/proc/sys/kernel/osrelease")?.lowercased().contains("microsoft") ?? false
  }

  // MARK: Cards

  /// The node that controls the first card, which exists for those that are shared with a container only.
  var firstCard: String? {
    // " 0 [PCH            ]: HDA-Intel - HDA Intel PCH", or "--- no soundcards ---".
    guard let line = firstLine("/proc/asound/cards"), line.contains("["),
      let number = line.split(separator: " ").first.flatMap({ Int($0) })
    else { return nil }
    return "/dev/snd/controlC\(number)"
  }

  // MARK: Sound servers

  /// Where the sockets of the user's sound server are.
  var runtimeFolder: String { variable("XDG_RUNTIME_DIR") ?? "/run/user/\(userID)" }

  var runsPipeWire: Bool { has(runtimeFolder + "/pipewire-0") }

  /// PulseAudio, or PipeWire in its place.
  var runsPulseAudio: Bool {
    variable("PULSE_SERVER") != nil || has(runtimeFolder + "/pulse/native")
  }

  /// A library that lets ALSA programs play on a sound server.
  enum Plugin: String {
    case pipeWire = "pipewire"
    case pulseAudio = "pulse"
  }

  func has(_ plugin: Plugin) -> Bool {
    ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"].contains {
      has("\($0)/alsa-lib/libasound_module_pcm_\(plugin.rawValue).so")
    }
  }

  /// The command that installs it with the system's package manager.
  func installation(of plugin: Plugin) -> String {
    let managers = [
      (program: "apt", verb: "install", pulseAudio: "libasound2-plugins"),
      (program: "dnf", verb: "install", pulseAudio: "alsa-plugins-pulseaudio"),
      (program: "zypper", verb: "install", pulseAudio: "alsa-plugins-pulse"),
      (program: "pacman", verb: "-S", pulseAudio: "alsa-plugins"),
    ]
    let manager = managers.first { has("/usr/bin/" + $0.program) } ?? managers[0]
    let package = plugin == .pipeWire ? "pipewire-alsa" : manager.pulseAudio
    return "sudo \(manager.program) \(manager.verb) \(package)"
  }
}
