/// Why sound cannot be heard, or not as a student may expect, and the one command that helps.
package struct SoundDiagnosis: Hashable, Sendable {
  /// What is the matter. Ends with a colon where a command follows.
  package var sentence: String
  package var command: String?

  private init(_ sentence: String, _ command: String? = nil) {
    self.sentence = sentence
    self.command = command
  }

  /// - Parameter devices: those that `PlaybackDevice.all` has found.
  /// - Returns: nil when all is as it should be.
  package static func diagnosis(
    devices: [PlaybackDevice], surroundings: SoundSurroundings
  ) -> SoundDiagnosis? {
    let devices = devices.filter(\.isAnswering)
    // Where a server runs, the bare cards work, too, but then nothing else is heard.
    let isServed = devices.contains { ["pipewire", "pulse"].contains($0.name) }
    if surroundings.isWSL { return devices.isEmpty ? onWSL(surroundings) : nil }
    if !isServed, let finding = missingPlugin(surroundings, hasDevice: !devices.isEmpty) {
      return finding
    }
    if surroundings.isSSH, surroundings.variable("PULSE_SERVER") == nil {
      if let finding = overSSH(surroundings, hasDevice: !devices.isEmpty) { return finding }
    }
    guard devices.isEmpty else { return nil }
    return silentServer(surroundings) ?? unusableCard(surroundings)
  }

  // MARK: The cases

  private static func onWSL(_ surroundings: SoundSurroundings) -> SoundDiagnosis {
    let server = "/mnt/wslg/PulseServer"
    guard surroundings.has(server) || surroundings.variable("PULSE_SERVER") != nil else {
      return SoundDiagnosis(
        "This WSL has no sound. A newer one has: type this in a terminal of Windows:",
        "wsl --update")
    }
    guard surroundings.has(.pulseAudio) else {
      return SoundDiagnosis(
        "WSL plays sound by PulseAudio, and ALSA's plugin for it is missing. This installs it:",
        surroundings.installation(of: .pulseAudio))
    }
    guard surroundings.variable("PULSE_SERVER") != nil else {
      return SoundDiagnosis(
        "WSL plays sound by PulseAudio, but PULSE_SERVER is not set. Set it, and start Etude again:",
        "export PULSE_SERVER=unix:\(server)")
    }
    return SoundDiagnosis(
      "WSL's sound server does not answer. This ends WSL, with all that runs in it; type it in a "
        + "terminal of Windows, then open WSL again:", "wsl --shutdown")
  }

  /// A server is running that ALSA programs cannot reach.
  private static func missingPlugin(
    _ surroundings: SoundSurroundings, hasDevice: Bool
  ) -> SoundDiagnosis? {
    let server: String
    let plugin: SoundSurroundings.Plugin
    if surroundings.runsPipeWire {
      let byPulseAudio = surroundings.runsPulseAudio && surroundings.has(.pulseAudio)
      guard !surroundings.has(.pipeWire), !byPulseAudio else { return nil }
      (server, plugin) = ("PipeWire is running", .pipeWire)
    } else {
      guard surroundings.runsPulseAudio, !surroundings.has(.pulseAudio) else { return nil }
      // One that the variable names need not run.
      let named = surroundings.variable("PULSE_SERVER").map {
        "PULSE_SERVER asks for the PulseAudio server \($0)"
      }
      (server, plugin) = (named ?? "PulseAudio is running", .pulseAudio)
    }
    let effect =
      hasDevice ? "Etude plays past it, and other programs may be silent meanwhile. " : ""
    return SoundDiagnosis(
      "\(server), but ALSA's plugin for it is missing. \(effect)This installs it:",
      surroundings.installation(of: plugin))
  }

  private static func overSSH(
    _ surroundings: SoundSurroundings, hasDevice: Bool
  ) -> SoundDiagnosis? {
    let hasSound =
      hasDevice || surroundings.firstCard != nil || surroundings.runsPipeWire
      || surroundings.runsPulseAudio
    let machine = surroundings.host.isEmpty ? "this machine" : surroundings.host
    let place = hasSound ? "" : "You are connected by SSH, and \(machine) has no sound card. "
    guard hasDevice || !hasSound else { return nil }
    guard surroundings.has(.pulseAudio) else {
      return SoundDiagnosis(
        "\(place)To hear sound where you sit, you need ALSA's plugin for PulseAudio here. "
          + "This installs it:", surroundings.installation(of: .pulseAudio))
    }
    return SoundDiagnosis(
      "\(place)To hear sound where you sit, type this there, if PulseAudio or PipeWire runs there:",
      tunnel(to: surroundings))
  }

  /// Carries sound to the computer at which the student sits.
  private static func tunnel(to surroundings: SoundSurroundings) -> String {
    let port = 24_713
    let name = surroundings.host.isEmpty ? "HOST" : surroundings.host
    return "ssh -t -R \(port):$XDG_RUNTIME_DIR/pulse/native \(name) "
      + "PULSE_SERVER=tcp:localhost:\(port) etude"
  }

  /// A server can be reached, or ought to be, and does not play.
  private static func silentServer(_ surroundings: SoundSurroundings) -> SoundDiagnosis? {
    if let server = surroundings.variable("PULSE_SERVER") {
      let finding = "PULSE_SERVER asks for the sound server \(server), which does not answer."
      return surroundings.isSSH
        ? SoundDiagnosis(
          "\(finding) If PulseAudio or PipeWire runs where you sit, type this there:",
          tunnel(to: surroundings))
        : SoundDiagnosis("\(finding) Without it, Etude looks for one here:", "unset PULSE_SERVER")
    }
    guard surroundings.runsPipeWire || surroundings.runsPulseAudio else { return nil }
    if surroundings.variable("XDG_RUNTIME_DIR") == nil {
      return SoundDiagnosis(
        "Your sound server is running, but XDG_RUNTIME_DIR, which tells where, is not set. Set it, and "
          + "start Etude again:", "export XDG_RUNTIME_DIR=\(surroundings.runtimeFolder)")
    }
    return surroundings.runsPipeWire
      ? SoundDiagnosis(
        "PipeWire is running, but does not play. This restarts it:",
        "systemctl --user restart pipewire pipewire-pulse wireplumber")
      : SoundDiagnosis(
        "PulseAudio is running, but does not play. This ends it; it starts again by itself:",
        "pulseaudio --kill")
  }

  private static func unusableCard(_ surroundings: SoundSurroundings) -> SoundDiagnosis {
    guard let card = surroundings.firstCard else {
      return SoundDiagnosis(
        "Linux finds no sound card, and neither PipeWire nor PulseAudio is running. This shows whether "
          + "there is a card that lacks its driver:", "lspci | grep -i audio")
    }
    switch surroundings.access(card) {
    case .missing:
      return SoundDiagnosis(
        "There is a sound card, but not in this container. It is there when the container is started "
          + "with:", "--device /dev/snd")
    case .denied:
      return SoundDiagnosis(
        "There is a sound card, but you may not use it. This allows it, from your next login on:",
        "sudo usermod --append --groups audio $USER")
    case .granted:
      return SoundDiagnosis(
        "There is a sound card, but it cannot be opened; another program may use it. This names the "
          + "program:", "fuser --verbose /dev/snd/*")
    }
  }
}
