import Testing

/// The central claim: cells give the same numbers as CPython with NumPy and SciPy.
@Suite struct CPythonTests {
  @Test(
    .enabled(
      if: CPythonComparison.python != nil,
      "needs a Python with NumPy and SciPy: scripts/setup --tests installs them"),
    arguments: CPythonComparison.files)
  func agrees(file: String) throws {
    let differences = try #require(
      CPythonComparison.differences[file], "\(file) was not compared")
    #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
  }
}
