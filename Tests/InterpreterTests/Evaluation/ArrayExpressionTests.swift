import Interpreter
import RunningCells
import Testing

/// How the evaluator combines Python's values and arrays; array arithmetic has its own tests.
@Suite struct ArrayExpressionTests {
  @Test(arguments: [
    // Each is True in Python with NumPy 2.
    "str((np.arange(3) + 1).dtype) == 'int64'", "str((np.arange(3) * 1.0).dtype) == 'float64'",
    "(np.float32([1]) * 2.5).dtype == np.float32", "np.arange(3).dtype == 'int64'",
    "np.arange(3).dtype == int", "f'{np.zeros(2).dtype}' == 'float64'",
    "np.float64(1) / 0 == np.inf", "np.int64(7) // 2 == 3", "[1, 2, 3][np.int64(1)] == 2",
    "'ab' * np.int64(2) == 'abab'", "np.float64(0.5) + 1 == 1.5", "len(np.zeros((3, 2))) == 3",
    "(np.arange(6).reshape(2, 3)[1, ::2] == np.array([3, 5])).all()",
    "(np.arange(5)[[0, -1]] == [0, 4]).all()",
    "(np.arange(5)[[True, False] * 2 + [True]] == [0, 2, 4]).all()",
    "np.arange(5)[np.arange(5) > 2].tolist() == [3, 4]",
    "np.arange(6).reshape(2, 3)[:, 1].tolist() == [1, 4]",
    "np.arange(3)[None].shape == (1, 3)", "np.arange(3)[:, np.newaxis].shape == (3, 1)",
    "np.arange(6).reshape(2, 3)[..., 0].tolist() == [0, 3]",
    "np.arange(6).reshape(2, 3)[(1, 2)] == 5",
    "np.arange(5)[[]].shape == (0,)", "np.arange(10)[np.int64(2):np.int64(4)].tolist() == [2, 3]",
    "[x for x in np.arange(3)] == [0, 1, 2]", "[r.shape for r in np.zeros((2, 3))] == [(3,), (3,)]",
    "[a + b for a, b in np.array([[1, 2], [3, 4]])] == [3, 7]", "sum(np.arange(4)) == 6",
    "max(np.array([1, 5, 2])) == 5", "2 in np.arange(3)", "7 not in np.arange(3)",
    "(np.arange(3) == None).any() == False", "1 < np.float64(2) < 3",
    "(~(np.arange(3) > 1)).tolist() == [True, True, False]",
    "(np.arange(3) + [1, 2, 3]).tolist() == [1, 3, 5]", "int(np.float64(3.7)) == 3",
    "round(np.float64(2.5)) == 2", "round(np.float64(2.567), 2) == 2.57",
    "abs(np.array([-1, 2])).tolist() == [1, 2]",
    "np.array([1, 2.5]).dtype == np.float64", "np.array([True, 2]).dtype == np.int64",
    "np.array([]).dtype == float",
    "np.array([[1, 2], [3, 4]]).shape == (2, 2)",
    "np.array([np.arange(2), [5, 6]]).tolist() == [[0, 1], [5, 6]]",
    "np.array([2**53 + 1, 1])[0] == 2**53 + 1", "np.array(range(3)).tolist() == [0, 1, 2]",
    "np.array([np.float32(1), np.float32(2)]).dtype == np.float32",
    "np.float32('1.5' == '1.5') == 1",
    "np.zeros((2, 3)).T.shape == (3, 2)", "np.zeros(3).size == 3", "np.zeros((2, 3)).ndim == 2",
    "(1 if np.array([0.5]) else 2) == 1", "(np.float64(0) or 3) == 3",
    "np.fft.rfft(np.ones(4))[0].real == 4",
    "[f([3, 1, 2]) for f in [min, np.max, len]] == [1, 3, 3]", "np.arange(3).sum() == 3",
    "-np.array([1, 2])[0] == -1", "(5 - np.arange(3)).tolist() == [5, 4, 3]",
    "(2 ** np.arange(4)).tolist() == [1, 2, 4, 8]",
  ])
  func isTrue(expression: String) throws {
    #expect(try value(of: expression).isTrue(), "\(expression)")
  }

  @Test func changesInPlace() throws {
    let code = """
      x = np.zeros(4)
      x[1:3] = [5, 6]
      x[-1] = 7
      x[x == 0] = -1
      x += 1
      x *= np.array([1, 2, 3, 4])
      y = np.float32([1, 2])
      y += 0.5
      z = np.arange(3)
      z[0] = 2.9
      """
    #expect(try value(of: "r", after: code + "\nr = x.tolist()").repr == "[0.0, 12.0, 21.0, 32.0]")
    #expect(try value(of: "r", after: code + "\nr = str(y.dtype)").str == "float32")
    #expect(try value(of: "r", after: code + "\nr = z.tolist()").repr == "[2, 1, 2]")
  }

  @Test func copiesDoNotShareChanges() throws {
    #expect(
      try value(of: "r", after: "x = np.zeros(2); y = x.copy(); y[0] = 1; r = x.tolist()").repr
        == "[0.0, 0.0]")
  }

  @Test func bareArraysAreSummarised() throws {
    let evaluation = result(of: "np.arange(1000) / 999; np.float64(0.5); np.arange(3).dtype")
    guard case .arraySummary(let summary, let sparkline) = evaluation.outputs[0] else {
      Issue.record("\(evaluation.outputs)")
      return
    }
    #expect(summary == "float64, shape (1000,), 0 … 1 (summary)")
    #expect(sparkline.count <= 400)
    #expect(try text(of: "np.float64(0.5); np.arange(3).dtype") == ["0.5", "int64"])
  }

  @Test("Bare arrays that are short are shown whole, as NumPy 2 shows them")
  func shortBareArrays() throws {
    #expect(
      try text(
        of: """
          np.convolve([1, 2, 3], [1, 1]); np.convolve([1.0, 2, 3], [1, 1]); np.zeros((2, 1))
          np.arange(2, dtype='float32'); np.array([True]); np.zeros(0); np.array([1j for i in [1]])
          """.replacing("1j for i in [1]", with: "-0.5, 1e10")) == [
          "array([1, 3, 5, 3])", "array([1., 3., 5., 3.])", "array([[0.],\n       [0.]])",
          "array([0., 1.], dtype=float32)", "array([ True])", "array([], dtype=float64)",
          "array([-5.e-01,  1.e+10])",
        ])
    for code in ["np.arange(33)", "np.zeros((9, 1))"] {
      guard case .arraySummary? = result(of: code).outputs.first else {
        Issue.record("\(code) is shown whole")
        continue
      }
    }
  }

  @Test func formatting() throws {
    #expect(
      try value(of: "f'{np.pi:.2f} {3!r:>4} {[1]} {1 + 1=} {2:{4}d}|'").str
        == "3.14    3 [1] 1 + 1=2    2|")
  }
}
