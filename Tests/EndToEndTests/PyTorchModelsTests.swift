import Testing

/// Models that are saved here and opened in PyTorch, and the other way round.
@Suite struct PyTorchModelsTests {
  /// The first Python that has PyTorch: ETUDE_PYTHON, the system's, or that of scripts/bench. Nil if there
  /// is none.
  private static let python = [
    "${ETUDE_PYTHON:-python3}", "/usr/bin/python3",
    "\(CPythonComparison.package)/.bench/bin/python",
  ].first { run("sh", ["-c", "\($0) -c 'import torch, numpy'"]).status == 0 }

  @Test(
    "A saved model gives the same logits to 1e-5 in Etude and in PyTorch",
    .enabled(if: python != nil, "needs a Python with PyTorch: scripts/bench installs one"))
  func logits() throws {
    let python = try #require(Self.python)
    let script = "\(CPythonComparison.package)/Tests/EndToEndTests/Fixtures/compare_models.py"
    let result = run("sh", ["-c", "\(python) \(script) \(CPythonComparison.executable)"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output == "compared 6\n")
  }
}
