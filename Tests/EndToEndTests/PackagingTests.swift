import Glibc
import TemporaryFolders
import Testing

/// What scripts/package says before it has built anything. `scripts/package --check` tests the packages.
@Suite struct PackagingTests {
  private static let script: String = {
    let folder = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(folder)/scripts/package"
  }()
  private let folder = TemporaryFolder()

  private func expect(
    _ message: String, status: Int32, _ program: String, _ arguments: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let result = run(program, arguments)
    #expect(result.errors == message + "\n", sourceLocation: sourceLocation)
    #expect(result.status == status, sourceLocation: sourceLocation)
  }

  @Test("A wrong argument is named")
  func wrongArguments() {
    expect(
      "package: unknown argument --fast; see the head of scripts/package", status: 2,
      Self.script, ["--fast"])
    expect("package: --output needs a folder", status: 2, Self.script, ["--output"])
  }

  @Test("A folder that cannot be made or written to is named")
  func badFolders() {
    folder.write("x", to: "file")
    expect(
      "package: the folder \(folder.path)/file/dist cannot be made; name another one with --output",
      status: 1, Self.script, ["--output", "\(folder.path)/file/dist"])
  }

  /// Whether this user may mount a small disk in a namespace of its own.
  private static let mayMount =
    run("unshare", ["--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]).status
    == 0

  @Test("A full disk is noticed before minutes are spent on building", .enabled(if: mayMount))
  func fullDisk() {
    let command = "mount -t tmpfs -o size=1M none /mnt && exec \(Self.script) --output /mnt"
    expect(
      "package: /mnt has 1 MB left on its disk, and 50 MB are needed; make room there", status: 1,
      "unshare", ["--map-root-user", "--mount", "sh", "-c", command])
  }

  @Test("Missing tools are named where apt cannot install them")
  func missingTools() {
    // A system with nothing but these.
    for tool in ["bash", "dirname", "df", "tail", "mkdir", "realpath"] {
      let found = run("sh", ["-c", "command -v \(tool)"]).output.split(separator: "\n")
      symlink(String(found.first ?? ""), "\(folder.path)/\(tool)")
    }
    let result = run(
      "env", ["PATH=\(folder.path)", "bash", Self.script, "--output", folder.path])
    #expect(
      result.errors.hasPrefix("setup: this script only supports apt; please install: "),
      "\(result.errors)")
    #expect(result.errors.contains(" debhelper "))
    #expect(result.status == 1)
  }

  @Test(
    "The Tab key in bash completes the default command, too",
    arguments: [
      ("etude conv", "convolution"), ("etude --dev", "--device"), ("etude re", "read render"),
      ("etude convolution --pa", "--page"), ("etude read conv", "convolution"),
      ("etude convolution --device c", "cpu cuda"),
      ("etude export convolution --format ", "html ipynb py"),
    ])
  func completion(line: String, offers: String) {
    let folder = Self.script.dropLast("/package".count)
    let result = run(
      "bash",
      [
        "-c",
        """
        . <("$1" --generate-completion-script bash | python3 "$2/packaging/completions.py" bash)
        etude() { "$etude" "$@"; }
        etude=$1 COMP_LINE=$3 COMP_POINT=${#3}
        read -ra COMP_WORDS <<<"$3"
        [[ $3 != *' ' ]] || COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _etude etude "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
        echo "${COMPREPLY[@]}"
        """, "bash", CPythonComparison.executable, String(folder), line,
      ])
    #expect(result.output == offers + "\n", "\(result.errors)")
  }

  @Test("A completion script of another form is an error", arguments: ["bash", "zsh", "fish"])
  func otherForm(shell: String) {
    let folder = Self.script.dropLast("/package".count)
    let result = run(
      "sh", ["-c", "echo x | python3 \(folder)/packaging/completions.py \(shell)"])
    #expect(result.status == 1)
    #expect(result.errors.contains("has swift-argument-parser changed?"))
  }
}
