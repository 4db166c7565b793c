import Builtins
import Glibc
import Testing

@Suite struct DocumentationTests {
  /// ETUDE_RECORD=1 in the environment writes the page anew; the test then fails, so that nobody
  /// takes a run that records for one that compares.
  @Test func theCommittedPageIsTheTables() throws {
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let path = "/\(package)/docs/cells.md"
    let page = Documentation.markdown(of: .standard)
    if getenv("ETUDE_RECORD") != nil {
      let file = try #require(fopen(path, "wb"))
      fwrite(Array(page.utf8), 1, page.utf8.count, file)
      fclose(file)
      Issue.record("docs/cells.md is written anew")
      return
    }
    let file = try #require(fopen(path, "rb"), "docs/cells.md is missing")
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: page.utf8.count + 1)
    let count = fread(&bytes, 1, bytes.count, file)
    #expect(
      Array(bytes[..<count]) == Array(page.utf8),
      "the table of built-ins changed: ETUDE_RECORD=1 swift test --filter DocumentationTests")
  }

  @Test func everyBuiltinIsOnThePage() {
    let page = Documentation.markdown(of: .standard)
    for builtin in Builtins.all + PythonBuiltins.all {
      #expect(page.contains("**`\(builtin.name)("), "\(builtin.name)")
    }
  }
}
