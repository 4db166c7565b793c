import CellLanguage
import Messages
import Testing

@Suite struct CellCheckTests {
  private static let builtins = KnownNames(
    signatures: [
      Signature("len", [Signature.Parameter("x")]),
      Signature("print", [Signature.Parameter("values", kind: .variadic)]),
      Signature(
        "np.ones", [Signature.Parameter("shape"), Signature.Parameter("dtype", default: "None")]),
      Signature(
        "np.pad",
        [
          Signature.Parameter("array"), Signature.Parameter("pad_width"),
          Signature.Parameter("mode", kind: .keywordOnly, default: "'constant'"),
        ]),
      Signature(
        "timeit",
        [
          Signature.Parameter("function"), Signature.Parameter("args", kind: .variadic),
          Signature.Parameter("kwargs", kind: .keywords),
        ]),
      Signature("array.sum", [Signature.Parameter("axis", default: "None")]),
      Signature("rng"),
      Signature("Generator.normal", [Signature.Parameter("size", default: "None")]),
      Signature("Generator.integers", [Signature.Parameter("low")]),
      Signature(
        "slider", [Signature.Parameter("start"), Signature.Parameter("value", default: "None")]),
      Signature("choice", [Signature.Parameter("options")]), Signature("range"),
      Signature("butter", [Signature.Parameter("output", default: "'ba'")]),
      Signature("Generator.shuffle", [Signature.Parameter("x")]),
      Signature("tensor.detach"), Signature("nn.ReLU"), Signature("split"), Signature("str.upper"),
    ],
    others: ["np", "np.pi", "nn", "torch"],
    results: [
      "np.ones": .always(.value(.array)), "nn.ReLU": .always(.value(.model)),
      "split": .always(.tuple([.value(.array), nil])), "rng": .always(.value(.generator)),
      "slider": .number(of: ["start", "value"]), "choice": .item(of: "options"),
      "Generator.normal": .given("size", .value(.array), otherwise: nil),
      "butter": .option(
        "output", default: "ba", ["ba": .tuple([.value(.array), .value(.array)])]),
    ],
    attributes: [
      .array: ["shape": .tuple, "T": .array], .string: [:], .list: [:], .int: ["real": nil],
      .tuple: [:], .model: [:], .generator: [:], .float: ["real": nil], .function: [:],
      .bool: [:], .range: [:],
    ])

  private func faults(_ source: String) throws -> [String] {
    CellCheck(
      of: try Program(parsing: source), in: CellCheck.Surroundings(builtins: Self.builtins)
    ).faults.map { described($0.diagnostic) + ($0.isCertain ? "" : " (perhaps)") }
  }

  @Test(arguments: [
    ("np.ones(3, dtyp=1)", ["1:12 np.ones has no parameter dtyp; did you mean dtype?"]),
    (
      "np.ones()",
      ["1:1 np.ones needs an argument for shape; call it as np.ones(shape, dtype=None)"]
    ),
    (
      "x = 1\ny = 2 * np.pad([1], 2, 3)",
      ["2:24 np.pad takes 2 positional arguments, but 3 were given; name the others, as in mode=…"]
    ),
    ("np.ones(3, shape=3)", ["1:12 np.ones got two values for shape; remove one of them"]),
    // The misspelled argument is the missing one.
    ("np.pad([1], padwidth=2)", ["1:13 np.pad has no parameter padwidth; did you mean pad_width?"]),
    ("np.onse(3)", ["1:4 np has no onse here; did you mean ones?"]),
    (
      "np.ones(3).T.sum(2, 3)",
      [
        "1:21 array.sum takes 1 positional argument, but 2 were given; call it as "
          + "array.sum(axis=None)"
      ]
    ),
    (
      "x = np.ones(3)\nx.shap",
      ["2:3 'ndarray' has no attribute or method shap; did you mean shape?"]
    ),
    (
      "x = np.ones(3) + 1\n(-x).detach()",
      [
        "2:6 'ndarray' has no attribute or method detach; it is a NumPy array; torch.tensor(x) makes a tensor"
      ]
    ),
    ("a, b = split()\na.foo + b.foo", ["2:3 'ndarray' has no attribute or method foo"]),
    (
      "x = []\nx.append(1)",
      [
        "2:3 lists cannot be changed in place here; write items = items + [item], or a list "
          + "comprehension"
      ]
    ),
    ("'a'.uper()", ["1:5 'str' has no attribute or method uper; did you mean upper?"]),
    (
      "f = np.ones; g = f; g()",
      [
        "1:21 np.ones needs an argument for shape; call it as np.ones(shape, dtype=None)"
      ]
    ),
    (
      "z = y; y = z",
      [
        "1:5 y is used before it is assigned; assign y first, or give the new value "
          + "another name"
      ]
    ),
    (
      "kernel = 1; kernal + lenn(kernel)",
      [
        "1:13 the name kernal is not defined; did you mean kernel?",
        "1:22 the name lenn is not defined; did you mean len?",
      ]
    ),
    ("foo; foo", ["1:1 the name foo is not defined; define it in a cell"]),
    ("1 if len else foo", ["1:15 the name foo is not defined; define it in a cell (perhaps)"]),
    ("1 if len else foo; foo", ["1:15 the name foo is not defined; define it in a cell"]),
    ("[np.foo for x in []]", ["1:5 np has no foo here (perhaps)"]),
    // Methods of generators, however they are named.
    (
      "r = rng()\nr.nomal(3)\nr.normal(siez=3) + r.integers()",
      [
        "2:3 'Generator' has no attribute or method nomal; did you mean normal?",
        "3:10 Generator.normal has no parameter siez; did you mean size?",
        "3:20 Generator.integers needs an argument for low; call it as Generator.integers(low)",
      ]
    ),
    (
      "rng().normal(size=3).shap",
      ["1:22 'ndarray' has no attribute or method shap; did you mean shape?"]
    ),
    // What was unpacked, sliced, picked, or moved by a slider.
    (
      "b, a = butter(); b.shap",
      ["1:20 'ndarray' has no attribute or method shap; did you mean shape?"]
    ),
    ("b, a, c = butter()", ["1:1 2 values cannot be assigned to 3 names"]),
    ("a, b = 1", ["1:1 one 'int' cannot be assigned to 2 names"]),
    (
      "x = np.ones(3); x[1:3].shpae; x[0].shpae; x[-1, None].T.shpae",
      [
        "1:24 'ndarray' has no attribute or method shpae; did you mean shape?",
        "1:36 'ndarray' has no attribute or method shpae; did you mean shape?",
        "1:57 'ndarray' has no attribute or method shpae; did you mean shape?",
      ]
    ),
    ("n = slider(3); n.foo", ["1:18 'int' has no attribute or method foo"]),
    ("n = slider(3, value=0.5); n.foo", ["1:29 'float' has no attribute or method foo"]),
    ("n = slider(len); n.foo", ["1:20 'number' has no attribute or method foo"]),
    (
      "w = choice(['a', 'b']); w.uper()",
      ["1:27 'str' has no attribute or method uper; did you mean upper?"]
    ),
    (
      "a, b = [1, np.ones(3)]; a.foo; b.foo",
      [
        "1:27 'int' has no attribute or method foo",
        "1:34 'ndarray' has no attribute or method foo",
      ]
    ),
    ("x = np.ones(3); x += 1; (x > 2).foo", ["1:33 'ndarray' has no attribute or method foo"]),
    ("[c.foo for c in 'abc']", ["1:4 'str' has no attribute or method foo (perhaps)"]),
    ("len.foo", ["1:5 'function' has no attribute or method foo"]),
    (
      "(1 + 2.5).foo; (1 // 2).foo",
      [
        "1:11 'float' has no attribute or method foo", "1:25 'int' has no attribute or method foo",
      ]
    ),
    ("len(1, *[2])", []),
    (
      "len(1, 2, *[2])",
      [
        "1:8 len takes 1 positional argument, but 2 were given; call it as len(x)"
      ]
    ),
  ])
  func finds(source: String, expected: [String]) throws {
    #expect(try faults(source) == expected)
  }

  @Test(arguments: [
    "x = np.ones(*[3], dtype=1)", "print(1, 2, 3)", "timeit(len, 1, x=2)", "np.pi.real",
    "np = [3, 'a'][-True]; np.foo", "[np.foo for np in [1, 'a']]",
    "len = [3, 'a'][-True]; len.foo",
    "x = np.ones(3); x += 1; x.sum()", "torch.nn.ReLU()", "x = 3; x = [1]; x[0]",
    "f = np.ones if 1 else len; f()", "a, b = rng().normal(); a.foo",
    "x = [1, 'a']; rng().shuffle(x); x[0].upper()", "x = [1, 2]; x[0] = 'a'; x[0].upper()",
    "butter(output='sos').foo", "o = 'sos' if len else 'ba'; a, b = butter(o); a.foo",
    "x = [1, 'a'][len]; x.foo", "z = 2 ** -1; z.real", "x = (1, 'a')[-1]; x.upper()",
    "nn.ReLU()(1)", "_x = 1; _x",
    "x = 'a' if 1 else 2; x.foo", "for_ = 1; for_.real", "y = -np.ones(3) * 2.5; y.T.T.shape",
  ])
  func saysNothing(source: String) throws {
    #expect(try faults(source) == [])
  }

  @Test("A lesson's names are known with their kinds, and hide built-ins")
  func surroundings() throws {
    var surroundings = CellCheck.Surroundings(builtins: Self.builtins)
    surroundings.isLesson = true
    surroundings.names = ["x": .value(.array), "np": nil, "own": nil]
    surroundings.ownNames = ["own"]
    surroundings.unreadableWords = ["perhaps"]
    let source = "x.foo; np.foo; perhaps; _y; own; own = 1; len; len = 2"
    #expect(
      CellCheck(of: try Program(parsing: source), in: surroundings).faults.map {
        described($0.diagnostic)
      } == [
        "1:3 'ndarray' has no attribute or method foo",
        "1:25 the name _y is not defined; names that begin with '_' are local to their cell; use a "
          + "name without it",
        "1:29 own is used before it is assigned; assign own first, or give the new value another "
          + "name",
        "1:43 len is used before it is assigned; assign len first, or give the new value another "
          + "name",
      ])
  }

  @Test("What is known of a cell's names at its end")
  func names() throws {
    let source = "x = np.ones(3); y = x; y = 3 + x; z = [x]; z += y; f = len; a, b = x, 'a'; m = np"
    let names = CellCheck(
      of: try Program(parsing: source), in: CellCheck.Surroundings(builtins: Self.builtins)
    ).names
    let expected: [String: KnownValue?] =
      [
        "x": .value(.array), "y": .value(.array), "z": .value(.array), "f": .function("len"),
        "a": .value(.array), "b": .text("a"), "m": .module("np"),
      ]
    #expect(names == expected)
  }
}
