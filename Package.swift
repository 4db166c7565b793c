// swift-tools-version: 6.1
import PackageDescription

// Arrows between modules point down only; docs/architecture.md draws them. A target names the
// modules that it imports and no others. Everything is `package` access, so that tests need no
// @testable and run in release.

let package = Package(
  name: "etude",
  products: [
    .executable(name: "etude", targets: ["etude"]),
    // For tests: a driver of NVIDIA's without a card.
    .library(name: "FakeCUDA", type: .dynamic, targets: ["CUDAEmulation"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    // MARK: The program

    .executableTarget(
      name: "etude",
      dependencies: [
        "EtudeApp", "Publishing", "Pages", "Progress", "Notebook", "Builtins", "Interpreter",
        "FileFormats", "Lessons", "CUDA", "Compute", "Playback", "Terminal", "Curses",
        "Concurrency", "Files", "Messages",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Makes audio/foot_steps.wav; audio/README.md tells how.
    .executableTarget(name: "footsteps", dependencies: ["Compute", "SoundFiles"]),

    // Checks and times a graphics card; scripts/gpu-check builds it.
    .executableTarget(
      name: "gpucheck",
      dependencies: ["CUDA", "DeviceSuite", "NeuralNetworks", "Compute", "Concurrency", "Messages"]),

    // MARK: The reader and what it shows

    .target(
      name: "EtudeApp",
      dependencies: [
        "Pages", "Progress", "Notebook", "Interpreter", "Lessons", "CellLanguage",
        "Compute", "SoundFiles", "Sounds", "Terminal", "Concurrency", "Messages",
      ]),
    .target(
      name: "Publishing",
      dependencies: [
        "Pages", "Progress", "Notebook", "Interpreter", "FileFormats", "Lessons", "CellLanguage",
        "SoundFiles", "Sounds", "Curves", "Terminal", "Messages",
      ],
      resources: [.embedInCode("Notebook/etude.py")]),
    .target(
      name: "Pages",
      dependencies: [
        "Progress", "Notebook", "Interpreter", "Lessons", "CellLanguage", "NeuralNetworks",
        "Signals", "Sounds", "Curves", "Terminal", "Messages",
      ]),
    .target(
      name: "Progress",
      dependencies: [
        "Notebook", "Interpreter", "FileFormats", "Lessons", "CellLanguage", "Compute", "Files",
        "Concurrency", "Messages",
      ]),

    // MARK: Cells

    .target(
      name: "Notebook",
      dependencies: [
        "Builtins", "Interpreter", "FileFormats", "Lessons", "CellLanguage", "NeuralNetworks",
        "Compute", "Curves", "Concurrency", "Messages",
      ]),
    .target(
      name: "Builtins",
      dependencies: [
        "Interpreter", "FileFormats", "CellLanguage", "NeuralNetworks", "Signals", "Compute",
        "SoundFiles", "Sounds", "Curves", "Files", "Concurrency", "Messages",
      ]),
    .target(
      name: "Interpreter",
      dependencies: [
        "CellLanguage", "NeuralNetworks", "Compute", "Sounds", "Curves", "Files", "Concurrency",
        "Messages",
      ]),
    .target(name: "FileFormats", dependencies: ["Compute", "Files", "Concurrency", "Messages"]),
    .target(name: "Lessons", dependencies: ["CellLanguage", "Files", "Messages", "CCMark"]),
    .target(name: "CellLanguage", dependencies: ["Messages"]),

    // MARK: Numbers and sound

    .target(
      name: "NeuralNetworks",
      dependencies: ["Signals", "Compute", "Curves", "Concurrency", "Messages"]),
    .target(name: "Signals", dependencies: ["Compute", "Concurrency", "Messages"]),
    .target(name: "Compute", dependencies: ["CKernels", "Concurrency", "Messages"]),
    // The inner loops of training, arrays and signals in C, compiled for several instruction sets.
    .target(name: "CKernels"),
    // NVIDIA's cards. The driver is loaded at run time; the kernels are text that it compiles.
    .target(
      name: "CUDA",
      dependencies: [
        "NeuralNetworks", "Compute", "Concurrency", "Messages", "CCUDADriver", "CCUDAKernels",
      ]),
    .target(name: "CCUDADriver"),
    // The kernels' arguments, and their text as scripts/ptx compiles it from Kernels.
    .target(name: "CCUDAKernels", exclude: ["Kernels"]),
    .target(name: "SoundFiles", dependencies: ["Sounds", "Files", "Concurrency", "CSndFile"]),
    .target(name: "Playback", dependencies: ["Sounds", "Concurrency", "CALSA"]),
    .target(name: "Sounds"),

    // MARK: The terminal

    .target(name: "Curses", dependencies: ["Terminal", "Concurrency", "Messages", "CNCurses"]),
    .target(name: "Terminal", dependencies: ["Curves", "Messages"]),

    // MARK: At the bottom

    .target(name: "Files", dependencies: ["Concurrency", "Messages"]),
    .target(name: "Concurrency", dependencies: ["Messages", "CThreads"]),
    .target(name: "CThreads"),
    .target(name: "Messages"),
    .target(name: "Curves"),

    // MARK: System libraries (scripts/setup installs them)

    .systemLibrary(name: "CNCurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(
      name: "CSndFile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CALSA", pkgConfig: "alsa", providers: [.apt(["libasound2-dev"])]),
    .systemLibrary(
      name: "CCMark", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),

    // MARK: What tests share

    .target(name: "TemporaryFolders", path: "Tests/TemporaryFolders"),
    // The driver API and the CUDA kernels in C++, which tests load as if it were NVIDIA's library.
    .target(
      name: "CUDAEmulation", path: "Tests/CUDAEmulation",
      // Without optimisation an epoch takes ten times as long.
      cxxSettings: [.unsafeFlags(["-O2"])]),
    // What every device is tested with: operators and networks.
    .target(
      name: "DeviceSuite", dependencies: ["NeuralNetworks", "Compute", "Messages"],
      path: "Tests/DeviceSuite"),
    .target(name: "FakeCards", dependencies: ["CUDA"], path: "Tests/FakeCards"),
    .target(
      name: "TemporaryState", dependencies: ["Progress", "TemporaryFolders"],
      path: "Tests/TemporaryState"),
    .target(name: "Pictures", dependencies: ["Terminal"], path: "Tests/Pictures"),
    .target(
      name: "RunningCells",
      dependencies: [
        "Builtins", "Interpreter", "FileFormats", "CellLanguage", "NeuralNetworks", "Sounds",
        "Messages",
      ],
      path: "Tests/RunningCells"),
    .target(
      name: "SampleLessons",
      dependencies: [
        "Pages", "Notebook", "Interpreter", "Lessons", "Sounds", "Curves", "Terminal",
      ],
      path: "Tests/SampleLessons"),

    // MARK: Tests

    .testTarget(name: "MessagesTests", dependencies: ["Messages"]),
    .testTarget(name: "CurvesTests", dependencies: ["Curves"]),
    .testTarget(name: "ConcurrencyTests", dependencies: ["Concurrency", "Messages"]),
    .testTarget(
      name: "FilesTests", dependencies: ["Files", "Concurrency", "Messages", "TemporaryFolders"]),
    .testTarget(
      name: "CellLanguageTests", dependencies: ["CellLanguage", "Messages"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "ComputeTests", dependencies: ["Compute", "Concurrency", "Messages"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "NeuralNetworksTests",
      dependencies: [
        "NeuralNetworks", "Compute", "Curves", "Concurrency", "Messages", "DeviceSuite",
        "FakeCards",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "CUDATests",
      dependencies: [
        "CUDA", "Interpreter", "NeuralNetworks", "Compute", "Concurrency", "Messages",
        "CCUDADriver", "CCUDAKernels", "DeviceSuite", "FakeCards",
      ]),
    .testTarget(
      name: "SignalsTests", dependencies: ["Signals", "Compute", "Messages"], exclude: ["Fixtures"]),
    .testTarget(name: "SoundsTests", dependencies: ["Sounds"]),
    .testTarget(
      name: "SoundFilesTests", dependencies: ["SoundFiles", "CSndFile", "TemporaryFolders"]),
    .testTarget(
      name: "PlaybackTests",
      dependencies: [
        "Playback", "Sounds", "Concurrency", "CALSA", "TemporaryFolders",
      ]),
    .testTarget(
      name: "TerminalTests", dependencies: ["Curves", "Terminal", "Pictures"],
      exclude: ["Snapshots"]),
    .testTarget(
      name: "LessonsTests",
      dependencies: ["Lessons", "CellLanguage", "Messages", "TemporaryFolders"]),
    .testTarget(
      name: "FileFormatsTests",
      dependencies: ["FileFormats", "Compute", "Messages", "TemporaryFolders"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "InterpreterTests",
      dependencies: [
        "Interpreter", "Compute", "Concurrency", "Messages",
        "RunningCells", "TemporaryFolders",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "BuiltinsTests",
      dependencies: [
        "Builtins", "Interpreter", "FileFormats", "CellLanguage", "NeuralNetworks", "Compute",
        "Concurrency", "Messages", "RunningCells", "TemporaryFolders",
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "NotebookTests",
      dependencies: [
        "Notebook", "Pages", "Builtins", "Interpreter", "FileFormats", "Lessons",
        "NeuralNetworks", "Compute", "Concurrency", "Messages", "RunningCells", "TemporaryFolders",
      ]),
    .testTarget(
      name: "ProgressTests",
      dependencies: [
        "Progress", "Notebook", "Interpreter", "FileFormats", "Lessons", "Messages",
        "TemporaryState",
      ]),
    .testTarget(
      name: "PagesTests",
      dependencies: [
        "Pages", "Notebook", "Interpreter", "Lessons", "NeuralNetworks", "Sounds", "Curves",
        "Terminal", "Messages", "Pictures", "SampleLessons",
      ],
      exclude: ["Snapshots"]),
    .testTarget(
      name: "PublishingTests",
      dependencies: [
        "Publishing", "Pages", "Progress", "Notebook", "Builtins", "Interpreter", "Lessons",
        "SoundFiles", "Terminal", "TemporaryFolders",
      ]),
    .testTarget(
      name: "EtudeAppTests",
      dependencies: [
        "EtudeApp", "Publishing", "Pages", "Progress", "Notebook", "Builtins", "Interpreter",
        "FileFormats", "Lessons", "NeuralNetworks", "CUDA", "Compute", "Playback", "Sounds",
        "Terminal", "Messages", "SampleLessons", "TemporaryFolders", "TemporaryState", "FakeCards",
      ]),
    .testTarget(name: "CursesTests", dependencies: ["Curses"]),
    .testTarget(name: "FootstepsTests", dependencies: ["footsteps", "SoundFiles"]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["etude", "SoundFiles", "TemporaryFolders"],
      exclude: ["Fixtures"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)

// MARK: Fuzzing

// For scripts/fuzz only: it links with libFuzzer, which other builds do not have.
if Context.environment["ETUDE_FUZZ"] != nil {
  package.targets += [
    .systemLibrary(name: "CLibFuzzer", path: "Fuzz/CLibFuzzer"),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "Publishing", "Pages", "Progress", "Notebook", "Builtins", "Interpreter", "FileFormats",
        "Lessons", "CellLanguage", "Compute", "Terminal", "Concurrency", "Messages", "CLibFuzzer",
      ],
      path: "Fuzz/Targets",
      // The default linker, gold, fails on what the sanitizers leave in object files.
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])]),
  ]
}
