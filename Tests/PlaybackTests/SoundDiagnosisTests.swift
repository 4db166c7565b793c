import Playback
import Testing

/// Each test makes up a computer: its variables, its files and their first lines.
@Suite struct SoundDiagnosisTests {
  private static let pipeWire = "/run/user/1000/pipewire-0"
  private static let pulseAudio = "/run/user/1000/pulse/native"
  private static let pipeWirePlugin =
    "/usr/lib/x86_64-linux-gnu/alsa-lib/libasound_module_pcm_pipewire.so"
  private static let pulseAudioPlugin =
    "/usr/lib/x86_64-linux-gnu/alsa-lib/libasound_module_pcm_pulse.so"
  private static let cards = [
    "/proc/asound/cards": " 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n"
  ]
  private static let noCards = ["/proc/asound/cards": "--- no soundcards ---\n"]
  private static let wsl = [
    "/proc/sys/kernel/osrelease": "5.15.167.4-microsoft-standard-WSL2\n"
  ]
  private static let ssh = ["SSH_CONNECTION": "10.0.0.2 50000 10.0.0.1 22"]
  private static let card = PlaybackDevice(name: "plughw:CARD=PCH,DEV=0", description: "HDA")

  private func diagnosis(
    devices: [PlaybackDevice] = [], environment: [String: String] = [:], files: Set<String> = [],
    denied: Set<String> = [], lines: [String: String] = SoundDiagnosisTests.noCards,
    hasRuntimeFolder: Bool = true
  ) -> SoundDiagnosis? {
    var environment = environment
    if hasRuntimeFolder { environment["XDG_RUNTIME_DIR"] = "/run/user/1000" }
    return SoundDiagnosis.diagnosis(
      devices: devices,
      surroundings: SoundSurroundings(
        host: "studio", userID: 1000,
        environment: { [environment] in environment[$0] },
        access: { denied.contains($0) ? .denied : files.contains($0) ? .granted : .missing },
        firstLine: { lines[$0] }))
  }

  private func expect(
    _ diagnosis: SoundDiagnosis?, _ start: String, _ command: String?,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(
      diagnosis?.sentence.hasPrefix(start) == true, "\(diagnosis?.sentence ?? "nil")",
      sourceLocation: sourceLocation)
    #expect(diagnosis?.command == command, sourceLocation: sourceLocation)
    #expect(
      diagnosis?.sentence.hasSuffix(":") == (command != nil), sourceLocation: sourceLocation)
  }

  @Test("Nothing is said where sound is in order")
  func inOrder() {
    let device = PlaybackDevice(name: "pipewire", description: "")
    #expect(
      diagnosis(
        devices: [Self.card, device], files: [Self.pipeWire, Self.pipeWirePlugin], lines: Self.cards
      )
        == nil)
    #expect(diagnosis(devices: [Self.card], lines: Self.cards) == nil)
    // PipeWire in the place of PulseAudio, reached by PulseAudio's plugin.
    #expect(
      diagnosis(
        devices: [PlaybackDevice(name: "pulse", description: "")],
        files: [Self.pipeWire, Self.pulseAudio, Self.pulseAudioPlugin], lines: Self.cards) == nil)
    #expect(
      diagnosis(
        devices: [PlaybackDevice(name: "default", description: "")],
        environment: ["PULSE_SERVER": "unix:/mnt/wslg/PulseServer"], lines: Self.wsl) == nil)
  }

  @Test("No card, no server")
  func noCard() {
    expect(diagnosis(), "Linux finds no sound card", "lspci | grep -i audio")
    expect(diagnosis(lines: [:]), "Linux finds no sound card", "lspci | grep -i audio")
  }

  @Test("A card that this user or this container may not use, or that is in use")
  func unusableCard() {
    expect(
      diagnosis(denied: ["/dev/snd/controlC0"], lines: Self.cards),
      "There is a sound card, but you may",
      "sudo usermod --append --groups audio $USER")
    expect(
      diagnosis(lines: Self.cards), "There is a sound card, but not in this container",
      "--device /dev/snd")
    expect(
      diagnosis(files: ["/dev/snd/controlC0"], lines: Self.cards),
      "There is a sound card, but it cannot be opened", "fuser --verbose /dev/snd/*")
    // The first card need not be number 0.
    expect(
      diagnosis(
        denied: ["/dev/snd/controlC2"],
        lines: ["/proc/asound/cards": " 2 [Device         ]: USB-Audio - USB Audio Device\n"]),
      "There is a sound card, but you may", "sudo usermod --append --groups audio $USER")
  }

  @Test("A server without ALSA's plugin for it, also where Etude plays past it")
  func missingPlugin() {
    expect(
      diagnosis(files: [Self.pipeWire, Self.pulseAudio]), "PipeWire is running, but ALSA's plugin",
      "sudo apt install pipewire-alsa")
    // The plugin for PulseAudio does not help where PipeWire does not take its place.
    expect(
      diagnosis(files: [Self.pipeWire, Self.pulseAudioPlugin]), "PipeWire is running",
      "sudo apt install pipewire-alsa")
    expect(
      diagnosis(files: [Self.pulseAudio]), "PulseAudio is running, but ALSA's plugin",
      "sudo apt install libasound2-plugins")
    expect(
      diagnosis(environment: ["PULSE_SERVER": "tcp:desk"]),
      "PULSE_SERVER asks for the PulseAudio server tcp:desk, but ALSA's plugin for it is missing.",
      "sudo apt install libasound2-plugins")
    let past = diagnosis(devices: [Self.card], files: [Self.pipeWire], lines: Self.cards)
    expect(past, "PipeWire is running", "sudo apt install pipewire-alsa")
    #expect(past?.sentence.contains("other programs may be silent") == true)
  }

  @Test(
    "The command is the package manager's",
    arguments: [
      ("apt", "sudo apt install libasound2-plugins"),
      ("dnf", "sudo dnf install alsa-plugins-pulseaudio"),
      ("zypper", "sudo zypper install alsa-plugins-pulse"),
      ("pacman", "sudo pacman -S alsa-plugins"),
    ])
  func packageManagers(program: String, command: String) {
    let finding = diagnosis(files: [Self.pulseAudio, "/usr/bin/" + program])
    #expect(finding?.command == command)
  }

  @Test("A server with its plugin that does not play")
  func silentServer() {
    expect(
      diagnosis(files: [Self.pipeWire, Self.pipeWirePlugin]),
      "PipeWire is running, but does not play",
      "systemctl --user restart pipewire pipewire-pulse wireplumber")
    // PipeWire in the place of PulseAudio needs no plugin of its own.
    expect(
      diagnosis(files: [Self.pipeWire, Self.pulseAudio, Self.pulseAudioPlugin]),
      "PipeWire is running, but does not play",
      "systemctl --user restart pipewire pipewire-pulse wireplumber")
    // One that hangs counts as one that does not play.
    expect(
      diagnosis(
        devices: [PlaybackDevice(name: "pulse", description: "", isAnswering: false)],
        files: [Self.pulseAudio, Self.pulseAudioPlugin]),
      "PulseAudio is running, but does not play", "pulseaudio --kill")
    expect(
      diagnosis(environment: ["PULSE_SERVER": "tcp:desk"], files: [Self.pulseAudioPlugin]),
      "PULSE_SERVER asks for the sound server tcp:desk", "unset PULSE_SERVER")
    // Where the student sits, nothing listens.
    expect(
      diagnosis(
        environment: Self.ssh.merging(["PULSE_SERVER": "tcp:localhost:24713"]) { $1 },
        files: [Self.pulseAudioPlugin]),
      "PULSE_SERVER asks for the sound server tcp:localhost:24713, which does not answer. If",
      "ssh -t -R 24713:$XDG_RUNTIME_DIR/pulse/native studio PULSE_SERVER=tcp:localhost:24713 etude")
    expect(
      diagnosis(files: [Self.pipeWire, Self.pipeWirePlugin], hasRuntimeFolder: false),
      "Your sound server is running, but XDG_RUNTIME_DIR",
      "export XDG_RUNTIME_DIR=/run/user/1000")
  }

  @Test("WSL: an old one, one without the plugin, without the variable, and one whose server hangs")
  func wsl() {
    let server = "/mnt/wslg/PulseServer"
    let variable = ["PULSE_SERVER": "unix:\(server)"]
    expect(diagnosis(lines: Self.wsl), "This WSL has no sound", "wsl --update")
    expect(
      diagnosis(environment: variable, files: [server], lines: Self.wsl),
      "WSL plays sound by PulseAudio",
      "sudo apt install libasound2-plugins")
    expect(
      diagnosis(files: [server, Self.pulseAudioPlugin], lines: Self.wsl),
      "WSL plays sound by PulseAudio, but PULSE_SERVER is not set",
      "export PULSE_SERVER=unix:/mnt/wslg/PulseServer")
    expect(
      diagnosis(environment: variable, files: [server, Self.pulseAudioPlugin], lines: Self.wsl),
      "WSL's sound server does not answer", "wsl --shutdown")
  }

  @Test("SSH: the plugin first, then the sound comes to where the student sits")
  func ssh() {
    let command =
      "ssh -t -R 24713:$XDG_RUNTIME_DIR/pulse/native studio PULSE_SERVER=tcp:localhost:24713 etude"
    expect(
      diagnosis(environment: Self.ssh), "You are connected by SSH, and studio has no sound card",
      "sudo apt install libasound2-plugins")
    expect(
      diagnosis(environment: Self.ssh, files: [Self.pulseAudioPlugin]),
      "You are connected by SSH, and studio has no sound card", command)
    expect(
      diagnosis(
        devices: [Self.card], environment: Self.ssh, files: [Self.pulseAudioPlugin],
        lines: Self.cards),
      "To hear sound where you sit", command)
    // What is wrong with the machine's own sound comes first.
    expect(
      diagnosis(environment: Self.ssh, denied: ["/dev/snd/controlC0"], lines: Self.cards),
      "There is a sound card, but you may not", "sudo usermod --append --groups audio $USER")
    // The sound goes to where PULSE_SERVER says; the list of devices says that already.
    #expect(
      diagnosis(
        devices: [PlaybackDevice(name: "pulse", description: "")],
        environment: Self.ssh.merging(["PULSE_SERVER": "tcp:localhost:24713"]) { $1 },
        files: [Self.pulseAudioPlugin]) == nil)
  }
}
