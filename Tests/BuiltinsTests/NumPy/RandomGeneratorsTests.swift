import Builtins
import CellLanguage
import Concurrency
import Interpreter
import Messages
import RunningCells
import Testing

@Suite("Random generators in cells")
struct RandomGeneratorsTests {
  @Test("A seed gives the same numbers in each run; draws advance them in order")
  func reproducible() throws {
    let code = "rng = np.random.default_rng(5); a = rng.normal(); b = rng.normal(); c = [a, b]"
    #expect(try RunningCell(code).json("c") == RunningCell(code).json("c"))
    #expect(
      try value(
        of: "agree",
        after: code + "; d = np.random.default_rng(5).normal(); agree = a == d and a != b"
      ).isTrue())
  }

  @Test("Two names of a generator are one generator, as in Python")
  func aliases() throws {
    let code = """
      r = np.random.default_rng(1); s = r; t = np.random.default_rng(r)
      a = [r.random(), s.random(), t.random()]
      b = np.random.default_rng(1).random(3).tolist()
      """
    #expect(try RunningCell(code).json("a") == RunningCell(code).json("b"))
  }

  @Test("A generator of another cell draws nothing")
  func otherCells() throws {
    for maker in ["np.random.default_rng(0)", "np.random.RandomState(0)"] {
      var first = Evaluator(context: CellContext(vocabulary: .standard))
      try first.run(parsed("rng = \(maker)"))
      var second = Evaluator(
        context: CellContext(vocabulary: .standard), inputs: first.definitions)
      let error = #expect(throws: Diagnostic.self) {
        try second.run(parsed("x = 1 + rng.random()"))
      }
      #expect(error?.message.contains("belongs to the cell that makes it") == true)
      #expect(error?.range?.start.column == 9)
    }
  }

  @Test("shuffle changes the array or the list that a name of the cell stands for")
  func shuffles() throws {
    let code =
      "x = np.arange(9); y = [1, 2, 3]; r = np.random.default_rng(2); r.shuffle(x); r.shuffle(y)"
    #expect(
      try value(
        of: "is_shuffled",
        after: code + "; is_shuffled = x.tolist() != list(range(9))"
          + " and np.sort(x).tolist() == list(range(9))"
      ).isTrue())
    #expect(
      failure(of: "r = np.random.default_rng(0); r.shuffle(np.arange(3))")?
        .contains("must have a name in this cell") == true)
    #expect(
      failure(of: "r = np.random.default_rng(0); [r.shuffle(x) for x in [[1, 2]]]")?
        .contains("must have a name in this cell") == true)
  }

  @Test(
    "What is given to shuffle must be the cell's own, and unshared",
    arguments: [
      ("r.shuffle(x)", "x is not assigned in this cell"),
      ("x = np.arange(3); y = x; r.shuffle(x)", "other names may see this change"),
      ("x = np.arange(3); r.shuffle(x)", nil),
      ("x = np.arange(4).reshape(2, 2).copy(); r.shuffle(x)", nil),
    ] as [(String, String?)])
  func ownership(code: String, message: String?) throws {
    let diagnostics = NameAnalysis(of: try parsed(code)).diagnostics
    #expect(diagnostics.isEmpty == (message == nil))
    if let message { #expect(diagnostics.first?.message.contains(message) == true) }
  }

  @Test(
    arguments: [
      ("np.random.default_rng()", "seed"), ("np.random.default_rng(None)", "each run"),
      ("np.random.RandomState(-1)", "2**32"), ("np.random.default_rng(-1)", "negative"),
      ("np.random.default_rng(0).normal(size=-1)", "negative"),
      ("np.random.default_rng(0).normal(size=2.5)", "whole numbers"),
      ("np.random.default_rng(0).normal(size=10**12)", "1 GiB"),
      ("np.random.default_rng(0).permutation(10**12)", "1 GiB"),
      ("np.random.RandomState(0).choice(10**12, 3, False)", "1 GiB"),
      ("np.random.default_rng(0).normal(np.zeros(3), 1, (2, 2))", "cannot be broadcast"),
      ("np.random.default_rng(0).integers(300, dtype=np.uint8)", "does not hold"),
      ("np.random.default_rng(0).integers(3, dtype=float)", "whole numbers"),
      ("np.random.default_rng(0).integers(2.5)", "whole number"),
      ("np.random.default_rng(0).choice([\"a\", \"b\"], 3)", "draw indices"),
      ("np.random.default_rng(0).choice(3, p=[0.5, 0.5])", "must have 3 items"),
      ("np.random.default_rng(0).choice(3, 3, False, [0.5, 0.5, 0])", "fewer items"),
      ("np.random.default_rng(0).randn(3)", "standard_normal"),
      ("np.random.seed(0)", "default_rng(0)"), ("np.random.randn(3)", "default_rng(0)"),
      ("random.random()", "default_rng(0)"),
    ])
  func refusals(code: String, message: String) throws {
    let error = try #require(cellError(of: code))
    #expect("\(error)".contains(message), "\(error)")
    #expect(error.range != nil)
  }

  @Test("It prints as in Python")
  func text() throws {
    #expect(
      try RunningCells.text(of: "print(np.random.default_rng(0), np.random.RandomState(0))")
        == ["Generator(PCG64) RandomState(MT19937)"])
  }
}
