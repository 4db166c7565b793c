import Builtins
import Glibc
import Testing

@Suite struct DocumentationTests {
  /// ETUDE_RECORD=1 in the environment regenerates the page. The test then fails, so that a
  /// recording run is not mistaken for a comparing one.
  @Test func theCommittedPageMatchesTheTable() throws {
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    let path = "/\(package)/docs/cells.md"
    let page = Documentation.markdown()
    if getenv("ETUDE_RECORD") != nil {
      let file = try #require(fopen(path, "wb"))
      fwrite(Array(page.utf8), 1, page.utf8.count, file)
      fclose(file)
      Issue.record("docs/cells.md was regenerated")
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
    let page = Documentation.markdown()
    for builtin in Builtins.all {
      #expect(page.contains("**`\(builtin.name)("), "\(builtin.name)")
    }
    for constant in Builtins.constants.keys {
      #expect(page.contains("`\(constant)`"), "\(constant)")
    }
  }

  @Test func noChapterIsEmpty() {
    for chapter in Builtins.namespaces.flatMap(\.chapters) {
      #expect(!chapter.builtins.isEmpty, "\(chapter.title)")
    }
  }
}
