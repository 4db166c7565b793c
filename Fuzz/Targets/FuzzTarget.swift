import CLibFuzzer
import Glibc

/// A consumer of untrusted bytes that must not crash, hang or exhaust memory.
enum FuzzTarget: String, CaseIterable {
  case calls, cells, lessons, npy, safetensors, progress, runs

  static let chosen = getenv("ETUDE_FUZZ").flatMap { FuzzTarget(rawValue: String(cString: $0)) }

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  func take(_ bytes: [UInt8]) {
    switch self {
    case .calls: makeCall(bytes)
    case .cells: runCell(bytes)
    case .lessons: readLesson(bytes)
    case .npy: readArray(bytes)
    case .safetensors: readArrays(bytes)
    case .progress: readProgress(bytes)
    case .runs: readChangedRun(bytes)
    }
  }

  /// - Returns: the exit code.
  static func runChosen() -> CInt {
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    return LLVMFuzzerRunDriver(&count, &arguments) { data, count in
      FuzzTarget.chosen?.take(Array(UnsafeBufferPointer(start: data, count: count)))
      return 0
    }
  }
}
