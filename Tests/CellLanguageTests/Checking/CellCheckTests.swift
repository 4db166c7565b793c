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
      Signature("tensor.detach"), Signature("nn.ReLU"), Signature("split"), Signature("str.upper"),
    ],
    others: ["np", "np.pi", "nn", "torch"],
    results: [
      "np.ones": .value(.array), "split": .tuple([.value(.array), nil]), "nn.ReLU": .value(.model),
    ],
    attributes: [
      .array: ["shape": .tuple, "T": .array], .string: [:], .list: [:], .int: ["real": nil],
      .tuple: [:], .model: [:],
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
        "2:6 'ndarray' has no attribute or method detach; tensors have it: torch.tensor(x).detach(…)"
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
    ("foo; foo", ["1:1 the name foo is not defined"]),
    ("1 if len else foo", ["1:15 the name foo is not defined (perhaps)"]),
    ("1 if len else foo; foo", ["1:15 the name foo is not defined"]),
    ("[np.foo for x in []]", ["1:5 np has no foo here (perhaps)"]),
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
    "np = [3][0]; np.foo", "[np.foo for np in [1]]", "len = [3][0]; len.foo",
    "x = np.ones(3)[0]; x.foo",
    "x = np.ones(3); x += 1; x.sum()", "torch.nn.ReLU()", "x = 3; x = [1]; x[0]",
    "f = np.ones if 1 else len; f()", "a, b = [1, 2]; a.foo", "nn.ReLU()(1)", "_x = 1; _x",
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
        "x": .value(.array), "y": .value(.array), "z": nil, "f": .function("len"),
        "a": .value(.array), "b": .value(.string), "m": .module("np"),
      ]
    #expect(names == expected)
  }
}
