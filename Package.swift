// swift-tools-version: 6.1
import PackageDescription

// Arrows between modules point down only; docs/architecture.md draws them.
// Everything is `package` access, so that tests need no @testable and run in release.

let package = Package(
  name: "etude",
  products: [
    .executable(name: "etude", targets: ["etude"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    // MARK: The program

    .executableTarget(
      name: "etude",
      dependencies: [
        "EtudeApp", "Notebook", "Lessons", "Compute", "Terminal", "Curses",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Makes audio/foot_steps.wav; audio/README.md tells how.
    .executableTarget(name: "footsteps", dependencies: ["Compute", "Audio"]),

    // MARK: The reader and what it shows

    .target(
      name: "EtudeApp",
      dependencies: [
        "Notebook", "Lessons", "CellLanguage", "NeuralNetworks", "Compute", "Terminal", "Audio",
      ]),
    .target(
      name: "Notebook",
      dependencies: [
        "CellLanguage", "Lessons", "NeuralNetworks", "Signals", "Compute", "Audio",
      ]),
    .target(name: "Lessons", dependencies: ["CellLanguage", "CCMark"]),
    .target(name: "CellLanguage"),

    // MARK: Numbers and sound

    .target(name: "NeuralNetworks", dependencies: ["Signals", "Compute"]),
    .target(name: "Signals", dependencies: ["Compute"]),
    .target(name: "Compute", dependencies: ["CKernels"]),
    // The inner loops of training in C, compiled for several instruction sets.
    .target(name: "CKernels"),
    .target(name: "Audio", dependencies: ["CSndFile", "CALSA"]),

    // MARK: The terminal

    .target(name: "Terminal"),
    .target(name: "Curses", dependencies: ["Terminal", "CNCurses"]),

    // MARK: System libraries (scripts/setup installs them)

    .systemLibrary(name: "CNCurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(
      name: "CSndFile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CALSA", pkgConfig: "alsa", providers: [.apt(["libasound2-dev"])]),
    .systemLibrary(
      name: "CCMark", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),

    // MARK: Tests

    .target(name: "TemporaryFolders", path: "Tests/TemporaryFolders"),
    .testTarget(
      name: "CellLanguageTests", dependencies: ["CellLanguage"], exclude: ["Fixtures"]),
    .testTarget(name: "ComputeTests", dependencies: ["Compute"], exclude: ["Fixtures"]),
    .testTarget(
      name: "NeuralNetworksTests", dependencies: ["NeuralNetworks", "Compute"],
      exclude: ["Fixtures"]),
    .testTarget(name: "SignalsTests", dependencies: ["Signals", "Compute"], exclude: ["Fixtures"]),
    .testTarget(
      name: "AudioTests", dependencies: ["Audio", "CALSA", "CSndFile", "TemporaryFolders"]),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal"], exclude: ["Snapshots"]),
    .testTarget(name: "LessonsTests", dependencies: ["Lessons", "TemporaryFolders"]),
    .testTarget(
      name: "NotebookTests",
      dependencies: ["Notebook", "NeuralNetworks", "Audio", "TemporaryFolders"],
      exclude: ["Fixtures"]),
    .testTarget(name: "EtudeAppTests", dependencies: ["EtudeApp", "Audio", "TemporaryFolders"]),
    .testTarget(name: "FootstepsTests", dependencies: ["footsteps", "Audio"]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["etude", "Audio", "TemporaryFolders"],
      exclude: ["Fixtures"]),
  ],
  swiftLanguageModes: [.v6]
)

// MARK: Fuzzing

// For scripts/fuzz only: it links with libFuzzer, which other builds do not have.
if Context.environment["ETUDE_FUZZ"] != nil {
  package.targets += [
    .systemLibrary(name: "CLibFuzzer", path: "Fuzz/CLibFuzzer"),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "EtudeApp", "Notebook", "Lessons", "CellLanguage", "Compute", "Terminal", "CLibFuzzer",
      ],
      path: "Fuzz/Targets",
      // The default linker, gold, fails on what the sanitizers leave in object files.
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
  ]
}
