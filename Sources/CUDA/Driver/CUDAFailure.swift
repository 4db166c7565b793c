import CCUDADriver
import Messages

/// Why a card cannot be used, or has stopped. All wording is here: what happened, and what to do.
enum CUDAFailure: Error, Hashable {
  // Before anything was computed.
  case noDriver(library: String)
  case unloadable(library: String, reason: String)
  /// The library lacks a function.
  case incomplete(library: String, symbol: String)
  case stub(library: String)
  /// By CUDA's count: 11080 is 11.8.
  case oldDriver(version: Int)
  /// The part of the driver in the system's kernel is of another version.
  case mismatch
  case noCard
  case oldCard(name: String, major: Int, minor: Int)
  case inUse

  // Later.
  case outOfMemory(bytes: Int, free: Int)
  /// The system ended a kernel that kept a display waiting.
  case stopped
  /// A kernel or a copy failed, after which the card answers nothing any more.
  case lost(result: String)
  /// The driver does not take the kernels; what its compiler says.
  case kernels(String)

  /// The oldest driver that takes PTX 8.0.
  static let oldestDriver = (version: 12000, name: "CUDA 12.0", number: 525)

  /// Compute capability of the kernels' PTX.
  static let oldestCard = 6

  /// As a sentence with a full stop.
  var sentence: String {
    switch self {
    case .noDriver(let library):
      "No NVIDIA driver was found: \(library) is not on this system."
    case .unloadable(let library, let reason):
      "\(library) cannot be loaded (\(reason)): install the NVIDIA driver again."
    case .incomplete(let library, let symbol):
      "\(library) lacks \(symbol): it needs to be from NVIDIA's driver "
        + "\(Self.oldestDriver.number) or newer."
    case .stub(let library):
      "\(library) is a stub for building programs, not a driver: take its folder out of "
        + "LD_LIBRARY_PATH, or install NVIDIA's driver."
    case .oldDriver(let version):
      "The NVIDIA driver is for CUDA \(version / 1000).\(version % 1000 / 10), and "
        + "\(Self.oldestDriver.name) is needed: install driver \(Self.oldestDriver.number) or newer."
    case .mismatch:
      "The NVIDIA driver was updated while the system was running: restart the computer."
    case .noCard:
      "The NVIDIA driver finds no card: check it with nvidia-smi, and CUDA_VISIBLE_DEVICES."
    case .oldCard(let name, let major, let minor):
      "\(name) has compute capability \(major).\(minor), and \(Self.oldestCard).0 is needed: cards made "
        + "since 2016 have it."
    case .inUse:
      "The card is in use by another program: end it, or wait until it is done."
    case .outOfMemory(let bytes, let free):
      "The card has no room for \(Quantity(bytes: Double(bytes))): "
        + "\(Quantity(bytes: Double(free))) of its memory are free; use smaller tensors, or the CPU."
    case .stopped:
      "The system stopped a kernel that ran too long, since the card also drives a display: restart "
        + "Etude to use the card again."
    case .lost(let result):
      "The card has stopped working (\(result)): restart Etude to use it again."
    case .kernels(let log):
      "The NVIDIA driver does not take Etude's kernels (\(log)): install a newer driver."
    }
  }

  /// Whether nothing works on the card from then on.
  var isLasting: Bool {
    if case .outOfMemory = self { false } else { true }
  }

  var diagnostic: Diagnostic {
    var sentence = sentence
    if sentence.hasSuffix(".") { sentence.removeLast() }
    return Diagnostic(sentence)
  }
}
