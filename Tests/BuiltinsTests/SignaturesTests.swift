import Builtins
import CellLanguage
import Concurrency
import Interpreter
import Messages
import RunningCells
import Testing

/// What docs/cells.md says of each function's parameters is what the interpreter does with them.
@Suite struct SignaturesTests {
  /// What arguments are tried with, by the code that makes them.
  private static let candidates: [(code: String, value: Value)] = {
    let prelude = """
      net = nn.Sequential(nn.Conv1d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(12, 2))
      X = np.array([[np.sin(k * n) for n in range(8)] for k in range(12)])
      data = dataset(X, np.arange(12) % 2)
      fit = train(net, data, optim.SGD(lr=0.1), epochs=2, batch_size=4, test=data)
      """
    let codes = [
      "np.arange(6.0) + 1", "3", "torch.arange(6.0) + 1", "[3, 1, 2]", "'abc'", "2.5", "net",
      "data", "fit", "np.ones((2, 3))", "torch.ones(2, 3)", "torch.ones(1, 1, 8)",
      "torch.ones(1, 1, 3)", "np.arange(3)", "(1, 8)", "[np.ones(2), np.ones(2)]",
      "[torch.ones(2), torch.ones(2)]", "abs", "(1, 2, 3)", "range(3)", "[0.5, 0.5]",
      "['a', 'b']", "[[1, 2], [3, 4]]", "'hann'", "'cpu'", "0", "torch.tensor([0, 1])",
      "'float32'", "np.float32", "1", "[1.0, -0.5]", "np.ones((4, 6))",
    ]
    let lines = codes.enumerated().map { "v\($0) = \($1)" }.joined(separator: "\n")
    let result = result(of: prelude + "\n" + lines)
    precondition(result.error == nil, "\(result.error!)")
    return codes.enumerated().map { index, code in
      (code, result.names.first { $0.name == "v\(index)" }!.value)
    }
  }()

  private static let inputs = Dictionary(
    uniqueKeysWithValues: candidates.enumerated().map { ("v\($0)", $1.value) })

  /// Files would be needed, or a card; the result is another each time; or one of two arguments must be
  /// given, so that no default stands alone.
  private static let exceptions: Set<String> = [
    "load", "save", "wavfile.read", "timeit", "tensor.cuda", "torch.clamp", "tensor.clamp",
    "np.clip",
    // A generator is only identical to itself, and shuffle needs a name of its cell.
    "np.random.default_rng", "np.random.RandomState", "Generator.shuffle", "RandomState.shuffle",
  ]

  /// Arguments of functions that none of the candidates fit.
  private static let arguments: [String: [String]] = [
    "array.reshape": ["np.arange(6.0)", "(2, 3)"], "array.item": ["np.ones(1)"],
    "tensor.reshape": ["torch.arange(6.0)", "(2, 3)"], "tensor.item": ["torch.ones(1)"],
    "tensor.view": ["torch.arange(6.0)", "(2, 3)"],
    "tensor.permute": ["torch.ones(2, 3)", "(1, 0)"],
    "torch.where": ["torch.arange(2) > 0", "torch.ones(2)", "torch.zeros(2)"],
    "signal.firwin": ["3", "0.5"], "signal.butter": ["2", "0.3"],
    "signal.chirp": ["np.arange(6.0)", "0.1", "5", "0.2"], "response": ["np.ones(3)", "8000"],
    "Generator.random": ["np.random.default_rng(1)"],
    "Generator.standard_normal": ["np.random.default_rng(1)"],
    "Generator.normal": ["np.random.default_rng(1)"],
    "Generator.uniform": ["np.random.default_rng(1)"],
    "Generator.permutation": ["np.random.default_rng(1)", "5"],
    "Generator.choice": ["np.random.default_rng(1)", "5"],
    "Generator.integers": ["np.random.default_rng(1)", "9"],
    "RandomState.random": ["np.random.RandomState(1)"],
    "RandomState.standard_normal": ["np.random.RandomState(1)"],
    "RandomState.normal": ["np.random.RandomState(1)"],
    "RandomState.uniform": ["np.random.RandomState(1)"],
    "RandomState.permutation": ["np.random.RandomState(1)", "5"],
    "RandomState.choice": ["np.random.RandomState(1)", "5"],
    "RandomState.randint": ["np.random.RandomState(1)", "9"],
    "RandomState.random_sample": ["np.random.RandomState(1)"],
    "RandomState.rand": ["np.random.RandomState(1)"],
    "RandomState.randn": ["np.random.RandomState(1)"],
  ]

  private struct Outcome {
    var value: Value
    var outputs: [Output]

    func isIdentical(to other: Outcome) -> Bool {
      valueIsIdentical(to: other)
        && outputs.map(Self.text) == other.outputs.map(Self.text)
    }

    /// Trainings take as long as they take.
    private func valueIsIdentical(to other: Outcome) -> Bool {
      guard case .fit(let ours) = value, case .fit(let theirs) = other.value else {
        return value.isIdentical(to: other.value)
      }
      return ours.plan.isIdentical(to: theirs.plan) && ours.state.isIdentical(to: theirs.state)
    }

    private static func text(_ output: Output) -> String { "\(output)" }
  }

  /// The result of a call with candidates, by their positions; nil when it fails.
  private func outcome(_ code: String) -> Outcome? {
    var evaluator = Evaluator(
      context: CellContext(vocabulary: .standard, budget: Budget(seconds: 2)), inputs: Self.inputs)
    guard let program = try? Program(parsing: "result = " + code),
      (try? evaluator.run(program)) != nil, let value = evaluator.definitions["result"]
    else { return nil }
    return Outcome(value: value, outputs: evaluator.context.outputs)
  }

  private func isMethod(_ name: String) -> Bool { Vocabulary.standard.value(of: name) == nil }

  /// The code of a call; a method is called on its first argument.
  private func call(_ name: String, _ arguments: [String]) -> String {
    let prefix = name.split(separator: ".").first.map(String.init) ?? ""
    guard isMethod(name), let receiver = arguments.first else {
      return "\(name)(\(arguments.joined(separator: ", ")))"
    }
    return "\(receiver)\(name.dropFirst(prefix.count))"
      + "(\(arguments.dropFirst().joined(separator: ", ")))"
  }

  /// Candidates with which the function works when all else is left out.
  private func workingArguments(_ builtin: Builtin) -> [String]? {
    if let arguments = Self.arguments[builtin.name] {
      return outcome(call(builtin.name, arguments)) == nil ? nil : arguments
    }
    let required = builtin.parameters.filter { $0.kind == .positional && $0.defaultValue == nil }
    let hasVariadic = builtin.parameters.contains { $0.kind == .variadic }
    let names = Self.candidates.indices.map { "v\($0)" }
    if required.isEmpty {
      if outcome(call(builtin.name, [])) != nil { return [] }
      guard hasVariadic else { return nil }
      for first in names {
        if outcome(call(builtin.name, [first])) != nil { return [first] }
        if outcome(call(builtin.name, [first, first])) != nil { return [first, first] }
      }
      return nil
    }
    let receiver =
      isMethod(builtin.name) ? builtin.name.split(separator: ".").first.map(String.init) : nil
    func search(_ chosen: [String]) -> [String]? {
      guard chosen.count < required.count else {
        return outcome(call(builtin.name, chosen)) == nil ? nil : chosen
      }
      for (name, candidate) in zip(names, Self.candidates) {
        if chosen.isEmpty, let receiver, candidate.value.methodPrefix != receiver { continue }
        if let found = search(chosen + [name]) { return found }
      }
      return nil
    }
    guard required.count <= 3 else { return nil }
    return search([])
  }

  @Test("Each default is what is used where the argument is left out, and each name can be used")
  func defaults() throws {
    var untried: [String] = []
    for builtin in Builtins.all where !Self.exceptions.contains(builtin.name) {
      guard let arguments = workingArguments(builtin),
        let expected = outcome(call(builtin.name, arguments))
      else {
        untried.append(builtin.name)
        continue
      }
      let isMethod = isMethod(builtin.name)
      let hasVariadic = builtin.parameters.contains { $0.kind == .variadic }
      for parameter in builtin.parameters {
        guard let source = parameter.signatureDefault else { continue }
        let explicit = call(builtin.name, arguments + ["\(parameter.name)=\(source)"])
        let result = outcome(explicit)
        #expect(
          result?.isIdentical(to: expected) == true,
          "\(explicit) differs from what it does without, or fails")
      }
      guard !hasVariadic, !arguments.isEmpty else { continue }
      let named = zip(builtin.parameters, arguments).enumerated().map { index, pair in
        isMethod && index == 0 ? pair.1 : "\(pair.0.name)=\(pair.1)"
      }
      #expect(
        outcome(call(builtin.name, named))?.isIdentical(to: expected) == true,
        "\(builtin.name) does not take its arguments by name")
    }
    #expect(
      untried == [], "none of the candidates fit: give these functions arguments of their own")
  }

  /// What the checks know of the value of an expression.
  private func known(_ code: String) throws -> KnownValue? {
    var surroundings = CellCheck.Surroundings(builtins: Vocabulary.standard.knownNames)
    for name in Self.inputs.keys { surroundings.names[name] = .some(nil) }
    let check = CellCheck(of: try Program(parsing: "result = " + code), in: surroundings)
    return check.names["result"] ?? nil
  }

  @Test("What is known of a result before it is computed is true of it")
  func results() throws {
    for builtin in Builtins.all where !Self.exceptions.contains(builtin.name) {
      guard let arguments = workingArguments(builtin),
        let value = outcome(call(builtin.name, arguments))?.value,
        let known = try known(call(builtin.name, arguments))
      else { continue }
      #expect(value.fits(known), "\(builtin.name) gives \(value.typeName)")
    }
  }

  @Test(
    "What is known of an expression is true of it",
    arguments: [
      "signal.butter(2, 0.5)[0]", "signal.butter(2, 0.5, output='sos')",
      "signal.butter(2, 0.5, output='zpk')[2]", "signal.stft(np.ones(600))[2]",
      "signal.find_peaks(np.ones(3))[1]", "signal.lfilter([1.0], [1], [1, 2])",
      "signal.lfilter([1], [1, 2], [1, 2], zi=[0])[1]",
      "np.random.default_rng(0).normal(size=3)", "np.random.RandomState(0).rand(2)",
      "np.random.default_rng(0)", "slider(1, 3)", "slider(1, 3.5)", "choice(['a', 'b'])",
      "torch.max(torch.ones(3))", "torch.ones(2, 3).size()", "torch.ones(2, 3).size(1)",
      "torch.ones(2, 3).shape[0]", "np.ones(3).dtype", "torch.ones(3).dtype", "[1, 'a'][-1]",
      "'abc'[1]", "'abc'[1:]", "range(5)[2]", "range(5)[1:]", "split(v7)[0][0]", "split(v7)[0][:2]",
      "split(v7)[0][0][1]",
      "True + True", "True & False", "True & 1", "-True", "not 3", "1 / 2", "7 // 2", "7.0 // 2",
      "'a' * 3", "[1] * 2", "(1,) + (2,)", "[1] + [2]", "[1] * np.ones(1)", "np.ones(3) > 2",
      "1 in [1]", "1 < 2", "2 if v1 else 2.5", "round(2.5)", "~np.ones(2, int)",
      "np.ones(3)[0]", "np.ones(3)[None, 0]", "torch.ones(2, 3)[0]", "np.ones((2, 2)) @ [1, 2]",
      "np.float32(3) * 2", "np.sum([1, 2]) / 3", "[np.ones(2), np.ones(3)][v25]", "print()",
      "[x for x in 'a']",
    ])
  func expressions(code: String) throws {
    let value = try #require(outcome(code)?.value)
    let known = try #require(try known(code), "nothing is known of \(code)")
    #expect(value.fits(known), "\(code) is \(value.typeName), not \(known)")
  }

  @Test("The attributes that are listed are those that values have")
  func attributes() throws {
    let examples: [ValueKind: String] = [
      .none: "None", .bool: "True", .int: "1", .float: "0.5", .string: "'a'", .list: "[1]",
      .tuple: "(1, 2)", .range: "range(3)", .array: "np.ones((2, 3))", .tensor: "torch.ones(2, 3)",
      .dictionary: "signal.find_peaks(v0)[1]", .criterion: "nn.CrossEntropyLoss()",
      .generator: "np.random.default_rng(0)", .randomState: "np.random.RandomState(0)",
      .elementType: "v0.dtype", .tensorType: "v2.dtype", .tensorShape: "v2.shape",
      .device: "torch.device('cpu')", .function: "len",
      .model: "nn.ReLU()", .optimizer: "optim.SGD()", .dataSet: "v7", .fit: "v8",
    ]
    let names = Set(ValueKind.attributes.values.flatMap(\.keys))
    for kind in ValueKind.allCases {
      let example = try #require(examples[kind], "\(kind) has no example")
      let value = try #require(outcome(example)?.value)
      #expect(value.typeName == kind.typeName && value.methodPrefix == kind.rawValue)
      let attributes = try #require(ValueKind.attributes[kind])
      for name in names {
        let result = outcome("(\(example)).\(name)")?.value
        guard let known = attributes[name] else {
          #expect(result == nil || result?.typeName == "function", "\(kind) has \(name)")
          continue
        }
        let attribute = try #require(result, "\(kind) has no \(name)")
        if let known { #expect(attribute.fits(.value(known)), "\(kind).\(name)") }
      }
    }
  }
}

extension Parameter {
  /// The default as the page writes it.
  fileprivate var signatureDefault: String? {
    Builtin("f", [self], "") { _ in .none }.signature.parameters[0].defaultSource
  }
}

extension Value {
  fileprivate func fits(_ known: KnownValue) -> Bool {
    switch known {
    case .value(let kind): return methodPrefix == kind.rawValue
    case .number: return ["bool", "int", "float"].contains(typeName)
    case .text(let text): return isIdentical(to: .string(text))
    case .list(let items):
      guard case .list(let values) = self, values.count == items.count else { return false }
      return zip(values, items).allSatisfy { value, item in item.map(value.fits) ?? true }
    case .tuple(let items):
      guard case .tuple(let values) = self, values.count == items.count else { return false }
      return zip(values, items).allSatisfy { value, item in item.map(value.fits) ?? true }
    case .module, .function: return false
    }
  }
}
