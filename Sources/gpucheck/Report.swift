import Glibc
import Messages

/// What has been found: progress is printed at once, tables and faults at the end.
final class Report {
  private var tables: [[String]] = []
  private var faults: [String] = []
  /// Listed at the end.
  private static let faultLimit = 20

  func say(_ text: String) {
    print(text)
    fflush(nil)
  }

  /// Kernels take microseconds, trainings seconds: three digits of either.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<1e-3: "\(readable(seconds * 1e6, digits: 3)) µs"
    case ..<1: "\(readable(seconds * 1e3, digits: 3)) ms"
    default: "\(readable(seconds, digits: 3)) s"
    }
  }

  func fault(_ text: String) {
    faults.append(text)
    say("  FAULT: \(text)")
  }

  /// Runs a part of the check; what stops it is a fault.
  func part(_ name: String, _ body: () throws -> Void) {
    say("\n\(name)")
    do { try body() } catch { fault("\(name): \(error)") }
  }

  /// Says at what an error happened.
  func naming(_ name: String, _ body: () throws -> Void) throws {
    do { try body() } catch { throw Diagnostic("\(name): \(error)") }
  }

  // MARK: Tables, in Markdown

  /// - Parameter columns: the first one holds words, the others numbers.
  func beginTable(_ columns: [String]) {
    tables.append([
      row(columns), "|---" + String(repeating: "|--:", count: columns.count - 1) + "|",
    ])
  }

  func addRow(_ cells: [String]) { tables[tables.count - 1].append(row(cells)) }

  private func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  /// Prints tables and verdict.
  ///
  /// - Returns: the exit status: 1 if there were faults.
  func end() -> Int32 {
    for table in tables where table.count > 2 { say("\n" + table.joined(separator: "\n")) }
    if faults.isEmpty {
      say("\nAll bits are the CPU's.")
      return 0
    }
    say("\nFAILED, \(faults.count) \(faults.count == 1 ? "fault" : "faults"):")
    for fault in faults.prefix(Self.faultLimit) { say("  \(fault)") }
    if faults.count > Self.faultLimit { say("  and \(faults.count - Self.faultLimit) more, above") }
    return 1
  }
}
