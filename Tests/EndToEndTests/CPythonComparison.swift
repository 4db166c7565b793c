import Glibc

/// Runs Fixtures/compare_with_cpython.py once for all files, with the first Python that has NumPy
/// and SciPy.
enum CPythonComparison {
  static let package = folder(of: folder(of: folder(of: #filePath)))
  private static let fixtures = "\(package)/Tests/EndToEndTests/Fixtures"

  /// The files compared: all cases and lessons, relative to the package.
  static let files =
    paths(matching: "\(fixtures)/cases/*.py")
    + paths(matching: "\(package)/lessons/*/lesson.md")

  /// Nil if there is no suitable Python.
  static let python = ["python3", "/usr/bin/python3"].first {
    output(of: [$0, "-c", "import numpy, scipy.signal; print('ready')"]) == "ready\n"
  }

  /// The differences by file; empty if everything agrees.
  static let differences: [String: [String]] = {
    guard let python else { return [:] }
    let command =
      [python, "\(fixtures)/compare_with_cpython.py", executable, "\(package)/audio"]
      + files.map { "\(package)/\($0)" }
    var result: [String: [String]] = [:]
    for line in output(of: command, showsErrors: true).split(separator: "\n") {
      // Each line is a file and a difference; a file without differences has one line without any.
      let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      let file = String(parts[0].dropFirst(package.count + 1))
      result[file, default: []] += parts.dropFirst().filter { !$0.isEmpty }.map(String.init)
    }
    return result
  }()

  /// The program built with the tests.
  static let executable = "\(folder(of: link("/proc/self/exe")))/etude"

  // MARK: The system

  private static func folder(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }

  private static func link(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func paths(matching pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { String(String(cString: $0).dropFirst(package.count + 1)) }
    }
  }

  /// The standard output of a command.
  ///
  /// - Parameter showsErrors: whether to pass on its standard error, on which the comparison reports
  ///   what it leaves out.
  private static func output(of command: [String], showsErrors: Bool = false) -> String {
    let quoted = command.map { "'" + $0.split(separator: "'").joined(separator: "'\\''") + "'" }
    let line = quoted.joined(separator: " ") + (showsErrors ? "" : " 2>/dev/null")
    guard let pipe = popen(line, "r") else { return "" }
    defer { pclose(pipe) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 1, chunk.count, pipe), count > 0 {
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
