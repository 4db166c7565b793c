import Glibc
import Messages
import RunningCells
import Testing

/// Every option of optimisers, layers, losses, windows, filters and waveforms: what NumPy, SciPy and
/// PyTorch take and refuse, as Fixtures/make_options.py found it.
@Suite struct OptionsTests {
  private struct Row: CustomTestStringConvertible {
    var isTaken: Bool
    var code: String

    var testDescription: String { code }

    /// The code of a cell that does what the script did.
    var cell: String {
      let names = "inf = np.inf\nnan = np.nan\n"
      guard code.hasPrefix("nn."), !code.contains("Loss") else { return names + "value = \(code)" }
      let shape =
        code.contains("Linear") ? "(3,)" : code.contains("Norm") ? "(4, 16)" : "(2, 16)"
      return names + "value = \(code)\nsizes = summary(nn.Sequential(value), \(shape))"
    }

    /// The option, where there is one by name.
    var option: Substring? {
      let options = code.split(separator: "=")
      guard options.count == 2 else { return nil }
      return options[0].split(whereSeparator: { "(, ".contains($0) }).last
    }
  }

  /// - Parameter name: a file in Fixtures with a verdict and a call on each line.
  private static func rows(_ name: String) -> [Row] {
    let folder = #filePath.prefix(upTo: #filePath.lastIndex(of: "/")!)
    guard let file = fopen("\(folder)/Fixtures/\(name)", "r") else { return [] }
    defer { fclose(file) }
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      text += chunk[..<count]
    }
    return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap { line in
      let parts = line.split(separator: "\t", maxSplits: 1)
      return parts.count == 2 ? Row(isTaken: parts[0] == "ok", code: String(parts[1])) : nil
    }
  }

  /// Calls that the libraries take and cells refuse, or the other way round, each for a reason that
  /// the file gives.
  private static let exceptions = Set(rows("option_exceptions.tsv").map(\.code))

  @Test func optionsAreThoseOfTheLibraries() {
    let table = Self.rows("options.tsv")
    #expect(table.count > 1500)
    for row in table {
      let error = cellError(of: row.cell)
      guard (error == nil) == row.isTaken else {
        #expect(
          Self.exceptions.contains(row.code),
          "\(row.code): \(error?.description ?? "taken, but the library refuses it")")
        continue
      }
      #expect(!Self.exceptions.contains(row.code), "\(row.code) is no exception any more")
    }
  }

  /// Whoever reads the message should know which option to change.
  @Test func refusalsNameTheOption() {
    for row in Self.rows("options.tsv") where row.code.hasPrefix("optim.") {
      guard let option = row.option, let error = cellError(of: row.cell) else { continue }
      #expect(error.message.contains(option), "\(row.code): \(error.message)")
    }
  }
}
