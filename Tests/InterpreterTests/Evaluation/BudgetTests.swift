import Concurrency
import Interpreter
import Messages
import RunningCells
import Testing

/// Requests that are too large fail at once, naming the request and the limit; nothing hangs.
@Suite(.serialized) struct BudgetTests {
  @Test(arguments: [
    ("'x' * 10**12", "1000000000000 characters"), ("[0] * 10**12", "1000000000000 items"),
    ("10**12 * (0,)", "1000000000000 items"), ("list(range(10**12))", "1000000000000 items"),
    ("tuple(range(10**12))", "1000000000000 items"),
    ("[i for i in range(10**12)]", "1000000000000 items"),
    ("np.zeros(10**12)", "1 GiB"), ("np.ones((10**9, 10**9, 10**9))", "1 GiB"),
    ("np.arange(10**12)", "1 GiB"),
    ("np.array(range(10**12))", "1 GiB"),
    ("list(enumerate(range(10**12)))", "1 GiB"), ("sum(range(10**12))", "1 GiB"),
    ("max(range(10**12))", "1 GiB"),
    ("list(zip(range(10**12), range(10**12)))", "1 GiB"), ("10**10**10", "64 bits"),
    ("2**10**18", "64 bits"),
    ("[0] * 9223372036854775807", "1 GiB"), ("[0, 1] * 9223372036854775807", "1 GiB"),
    ("x = 'a' * 10**8; y = x + x; y * 20", "1 GiB"), ("f\"{'a':>{10**10}}\"", "10"),
    ("f\"{1:{10**7}d}\"", "10"),
    ("[0] * 10**7", "too long to write out"),
    ("print(['a' * 10**6] * 100)", "too long to write out"),
    ("f\"{('a' * 10**8, 1)}\"", "too long to write out"),
    ("str([1.5] * 10**7)", "too long to write out"),
    // Each step fits; all together do not.
    ("[np.zeros(10**7) for i in range(100)]", "1 GiB"),
    ("['a' * 10**8 for i in range(100)]", "1 GiB"),
    ("[[0] * 10**6 for i in range(1000)]", "1 GiB"),
    ("a = np.zeros(5 * 10**7); b = np.zeros(5 * 10**7); c = np.zeros(5 * 10**7)", "1 GiB"),
    ("(np.zeros(5 * 10**7), np.zeros(5 * 10**7), np.zeros(5 * 10**7))", "1 GiB"),
    ("np.zeros((10**5, 1)) + np.zeros(10**5)", "1 GiB"),
    // Few items in memory, but too many to walk.
    ("[[0] * 10**6] * 10**6", "1000000 items"),
    ("a = [0] * 10**6; [a for i in range(10**6)]", "too long to write out"),
    ("a = [0] * 10**6; b = [a for i in range(10**6)]", "1 GiB"),
    ("signal.firwin(10**8 + 1, 0.5)", "100000001 taps"),
    // What a network needs counts, too.
    ("X = np.zeros((10**7, 12)); d = dataset(X, np.zeros(10**7, dtype='int32'))", "data set of"),
    (
      "d = dataset(np.zeros((4 * 10**6, 25), dtype='float32'), np.zeros(4 * 10**6, dtype=int)); "
        + "z = np.zeros(3 * 10**7); a, b = split(d, 0.5)", "the two parts"
    ),
    (
      "net = nn.Sequential(nn.Flatten(), nn.Linear(2, 2), nn.Linear(2, 1000)); "
        + "fit = train(net, dataset([[1, 2], [2, 1]], [0, 1]), epochs=1); "
        + "predict(fit, np.zeros((10**6, 2), dtype='float32'))",
      "an array of shape (1000000, 1000)"
    ),
    (
      "net = nn.Sequential(nn.Flatten(), nn.Linear(2, 5 * 10**6), nn.Linear(5 * 10**6, 2)); "
        + "X = np.zeros(7 * 10**7); fit = train(net, dataset([[1, 2], [2, 1]], [0, 1]), epochs=1)",
      "the training of this model"
    ),
    ("(',' * 10**8).split(',')", "100000001 items"), ("('a ' * 10**8).split()", "100000000 items"),
    ("(',' * 10**8).replace(',', 'a' * 100)", "the text"),
    ("np.zeros((10**8, 0)).tolist()", "100000000 items"),
    ("[print('a' * 10**7) for i in range(1000)]", "1 GiB"),
  ])
  func rejectsWhatIsTooLarge(code: String, message: String) throws {
    let error = try #require(cellError(of: code))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.range != nil)
  }

  @Test func rejectsListsThatAreTooDeep() throws {
    let code = "x = 1" + String(repeating: "; x = [x]", count: 5000)
    #expect(try #require(cellError(of: code)).message.contains("nested more than"))
  }

  @Test func acceptsWhatIsLargeButFits() throws {
    #expect(try value(of: "len([0] * 10**6)").isIdentical(to: .int(1_000_000)))
    // Each array is freed before the next one is made.
    #expect(
      try value(of: "[len(np.zeros(4 * 10**6)) for i in range(40)][-1]")
        .isIdentical(to: .int(4_000_000)))
    #expect(
      try value(of: "x", after: "x = np.zeros(10**7); x = x + 1; x = x + 1; x = x[0]; x = int(x)")
        .isIdentical(to: .int(2)))
  }

  @Test(arguments: [
    "x = [1 for i in range(10**9) if i < 0]", "np.diff(np.arange(100000.0), 100000)",
  ])
  func aCellStopsWhenItsTimeIsUp(code: String) throws {
    var evaluator = Evaluator(
      context: CellContext(vocabulary: .standard, budget: Budget(seconds: 0.05)))
    let program = try parsed(code)
    #expect {
      try evaluator.run(program)
    } throws: { ($0 as? Diagnostic)?.message.contains("seconds") == true }
  }

  @Test func anInterruptStopsACell() throws {
    let interrupt = Interrupt()
    interrupt.request()
    var evaluator = Evaluator(
      context: CellContext(vocabulary: .standard, budget: Budget(interrupt: interrupt)))
    let program = try parsed("x = [1 for i in range(10**9) if i < 0]")
    #expect(throws: Interrupted.self) { try evaluator.run(program) }
  }
}
