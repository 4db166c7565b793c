import CellLanguage
import FoundationEssentials
import Testing

@Suite struct ExpressionTests {
  /// Fixtures/grouping.py wrote the table with CPython's own parser.
  @Test func groupsAsCPythonDoes() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let table = try String(
      contentsOf: folder.appending(path: "Fixtures/grouping.tsv"), encoding: .utf8)
    let rows = table.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    #expect(rows.count == 400)
    for row in rows {
      #expect(grouped(try Expression(parsing: row[0])) == row[1], "\(row[0])")
    }
  }
}
