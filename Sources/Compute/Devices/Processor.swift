import Glibc

/// What the operating system says about the CPU.
package struct Processor: Hashable, Sendable {
  /// The vector instructions that inner loops may use.
  package enum InstructionSet: String, Sendable, CaseIterable {
    case baseline
    case avx2 = "AVX2+FMA"
    case avx512 = "AVX-512"
  }

  package var name: String
  package var physicalCores: Int
  package var logicalCores: Int
  /// The best one that this processor has.
  package var instructionSet: InstructionSet

  /// Parses the text of Linux's /proc/cpuinfo; what is missing gets a modest default.
  package init(description: String) {
    var name: String?
    var flags: Set<Substring> = []
    var cores: Set<[Substring]> = []
    var logicalCores = 0
    var package: Substring = "0"
    for line in description.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard let key = parts.first else { continue }
      let value = parts.count > 1 ? parts[1].trimmed : ""
      switch key.trimmed {
      case "processor": logicalCores += 1
      case "model name": name = String(value)
      case "physical id": package = value
      case "core id": cores.insert([package, value])
      case "flags": flags = Set(value.split(separator: " "))
      default: break
      }
    }
    self.name = name ?? "an unknown processor"
    self.logicalCores = max(1, logicalCores)
    physicalCores = cores.isEmpty ? self.logicalCores : cores.count
    instructionSet =
      flags.isSuperset(of: ["avx512f", "avx512dq", "avx512bw", "avx512vl"])
      ? .avx512 : flags.isSuperset(of: ["avx2", "fma"]) ? .avx2 : .baseline
  }

  /// Of loops that exist for several instruction sets, in order of their speed: those that the
  /// environment variable `ETUDE_SIMD` names, else the fastest. Names without loops are ignored, but
  /// "reference", the plain Swift loops of training, means the simplest where there are none.
  package static func chosenLoops<Loops>(
    among all: [Loops], name: (Loops) -> String
  ) -> Loops {
    let requested = getenv("ETUDE_SIMD").map { String(cString: $0) }
    return all.first { name($0) == requested }
      ?? (requested == "reference" ? all[0] : all[all.count - 1])
  }

  /// This machine's.
  package static let current = Processor(
    description: contents(ofSystemFile: "/proc/cpuinfo") ?? "")
}

extension Substring {
  fileprivate var trimmed: Substring {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return self[first...last]
  }
}

/// The text of a file whose size the system does not say in advance; nil when it cannot be read.
private func contents(ofSystemFile path: String) -> String? {
  guard let file = fopen(path, "r") else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&chunk, 1, chunk.count, file)
    if count == 0 { break }
    bytes.append(contentsOf: chunk[..<count])
  }
  return String(decoding: bytes, as: UTF8.self)
}
