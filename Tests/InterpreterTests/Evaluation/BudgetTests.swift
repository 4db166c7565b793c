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
    ("list(enumerate(range(10**12)))", "1 GiB"),
    ("list(zip(range(10**12), range(10**12)))", "1 GiB"), ("10**10**10", "64 bits"),
    ("2**10**18", "64 bits"),
    ("[0] * 9223372036854775807", "1 GiB"), ("[0, 1] * 9223372036854775807", "1 GiB"),
    ("x = 'a' * 10**8; y = x + x; y * 20", "1 GiB"), ("f\"{'a':>{10**10}}\"", "10"),
    ("f\"{1:{10**7}d}\"", "10"),
    ("[0] * 10**7", "too long to write out"),
    ("print(['a' * 10**6] * 100)", "too long to write out"),
    ("f\"{('a' * 10**8, 1)}\"", "too long to write out"),
    ("str([1.5] * 10**7)", "too long to write out"),
    ("[i for j in range(2) for i in range(10**9)]", "1 GiB"),
    ("print(*range(10**12))", "1000000000000 items"),
    ("sorted(range(10**12))", "1000000000000 items"),
    ("reversed(range(10**12))", "1000000000000 items"),
    ("x = [0] * 10**6; x[0] += 10**10**10", "64 bits"),
    ("x = [0, 1]; x[:1] += [0] * 10**8", "1 GiB"),
    ("[x for x in ['a' * 10**7] for y in range(1000) for x in [x * 2]]", "1 GiB"),
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
    // Each element of an array becomes a value of its own.
    ("list(np.zeros(10**8))", "100000000 items"),
    ("tuple(np.zeros((10**8, 0)))", "100000000 items"),
    ("[x for x in np.zeros(10**8)]", "100000000 items"),
    ("','.join(np.zeros(10**8))", "must be strings"),
    ("[x for x in np.zeros((100, 10**6))]", "1 GiB"),
    ("np.concatenate(np.zeros((5 * 10**7, 1)))", "50000000 items"),
    // Lists that contain one another many times.
    ("a = [0, 1]" + String(repeating: "; a = [a, a]", count: 40), "1 GiB"),
    ("a = [0, 1]" + String(repeating: "; a = [a, a]", count: 18) + "; str(a)", "too long"),
    ("[[0] * 10**7] * 10", "with their contents"),
    // Temporaries, and what a method is called on.
    ("np.zeros(10**8).astype(int)", "1 GiB"),
    ("'é' * 3 * 10**8 + 'é' * 3 * 10**8", "1 GiB"), ("('é' * 3 * 10**8)[::-1]", "1 GiB"),
    ("f\"{'a' * 10**7:>5}\"", "too long to write out"), ("f\"{'a' * 10**7!r}\"", "too long"),
    ("str(np.zeros((7,) * 10, dtype=bool))", "too long to write out"),
    ("str(np.zeros(2**18).reshape((2,) * 18))", "too long to write out"),
    // What a cell shows stays in memory.
    ("[plot(np.arange(10**6)) for i in range(100)]", "1 GiB"),
    ("[play(np.zeros(10**7), 44100) for i in range(100)]", "1 GiB"),
  ])
  func rejectsWhatIsTooLarge(code: String, message: String) throws {
    let error = try #require(cellError(of: code))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.range != nil)
  }

  @Test("What an inner loop takes is free again after it")
  func innerLoops() throws {
    #expect(
      try value(of: "len([i for i in range(200) for row in np.zeros((2, 10**6)) if i < 0])")
        .isIdentical(to: .int(0)))
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
    "x = [1 for i in range(10**9) if i < 0]", "sorted([-i for i in range(10**6)])",
    "[1 for i in range(10**6) for j in range(10**6) if j < 0]", "print(*[1] * 10**7)",
    "[1 for i in range(10**9) for j in []]", "all([1] * 10**7)", "any(np.zeros(10**7))",
    "np.diff(np.arange(100000.0), 100000)",
    "sum(range(10**12))", "max(range(10**12))", "sum(np.zeros(10**8, dtype=bool))",
    "sum([[0]] * 10**6, [])", "[0] * 10**7 == [0.0] * 10**7", "1 in [0] * 10**7",
    "np.array([0] * 10**7)", "('a' * 10**8).count('a')", "('é' * 10**8).upper()",
    "(' ' * 10**8).strip()", "'b' in 'a' * 10**8", "list(zip([0] * 10**7, range(10**7)))",
    "[1 for i in range(10**9) if print('a', end='')]", "table(['a'] , [[sum(range(10**12))]])",
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

  /// With all of its time gone, each of these must notice; which of them is first does not matter.
  @Test(arguments: [
    "sum(a)", "max(a)", "a == b", "a < b", "1 in a", "a.index(1)", "a.count(1)", "np.array(a)",
    "torch.tensor(a)", "list(zip(a, b))", "list(enumerate(a))", "[x for x in a]",
    "','.join(c)", "t.count('ab')", "t.replace('ab', 'c')", "t.split('ab')", "t.split()",
    "t.upper()", "t.strip('a')", "t * 3", "a * 3", "u[::2]", "plot(a)", "list(t)",
    "any(a)", "all([1] * 20000)", "sorted(a)", "sorted(c, key=len)", "reversed(t)", "max(*a)",
    "print(*a)", "[x for y in a for x in []]",
  ])
  func everyWalkLooksAtTheClock(code: String) throws {
    let context = CellContext(vocabulary: .standard, budget: Budget(seconds: 1000))
    var evaluator = Evaluator(context: context)
    try evaluator.run(
      parsed(
        "a = [0] * 20000; b = [0.0] * 20000; c = ['x'] * 20000; t = 'a' * 600000; u = 'é' * 20000"))
    evaluator.context.budget.extend(by: -2000)
    // The evaluator itself looks at every 64th expression only.
    let error = #expect(throws: Diagnostic.self) { try evaluator.run(parsed("_ = " + code)) }
    #expect(error?.message.contains("seconds") == true)
  }

  /// Lists of millions of numbers are common.
  @Test func aValueTakesThreeWords() { #expect(MemoryLayout<Value>.stride == 24) }

  @Test("A list that each step replaces does not count twice")
  func sumOfLists() throws {
    #expect(try value(of: "len(sum([[0]] * 3000, []))").isIdentical(to: .int(3000)))
  }
}
