import CellLanguage
import Messages
import Testing

@Suite struct ParserTests {
  func written(_ source: String) throws -> [String] {
    try Program(parsing: source).statements.map { statement in
      switch statement.kind {
      case .assignment(let targets, let value):
        "\(targets.map(\.name).joined(separator: ",")) = \(grouped(value))"
      case .indexAssignment(let name, let subscripts, let value):
        "\(name.name)[\(subscripts.count)] = \(grouped(value))"
      case .augmentedAssignment(let name, let binaryOperator, let value):
        "\(name.name) \(binaryOperator.rawValue)= \(grouped(value))"
      case .augmentedIndexAssignment(let name, let subscripts, let binaryOperator, let value):
        "\(name.name)[\(subscripts.count)] \(binaryOperator.rawValue)= \(grouped(value))"
      case .expression(let expression): grouped(expression)
      case .importing: "import"
      }
    }
  }

  @Test(arguments: [
    ("a = 1", ["a = 1"]), ("a, b = f(x)", ["a,b = (call f x)"]), ("(a, b) = c", ["a,b = c"]),
    ("a, b, = 1, 2,", ["a,b = (tuple 1 2)"]), ("a = 1, 2", ["a = (tuple 1 2)"]),
    ("a = b,", ["a = (tuple b)"]), ("(a) = 1", ["a = 1"]), ("x[0] = 1", ["x[1] = 1"]),
    ("x[1:, ..., None] = y", ["x[3] = y"]), ("x += 1", ["x += 1"]), ("x **= 2", ["x **= 2"]),
    ("x //= 2; x <<= 1; x >>= 1; x |= 1", ["x //= 2", "x <<= 1", "x >>= 1", "x |= 1"]),
    ("a; b\nc", ["a", "b", "c"]), ("x[..., 0]", ["(index x ... 0)"]),
    ("print(a, b=1)", ["(call print a b=1)"]), ("x[i] += 1", ["x[1] += 1"]),
    ("x[1:, 0] **= y, z", ["x[2] **= (tuple y z)"]),
    ("f(*a, b, *c, d=1)", ["(call f *a b *c d=1)"]),
    ("[x for y in z if a if b for x in y]", ["(for x (y) z a b (x) y)"]),
  ])
  func statements(source: String, expected: [String]) throws {
    #expect(try written(source) == expected)
  }

  /// All unsupported Python syntax is named, with what to do instead.
  @Test(arguments: [
    ("def f(x):\n  return x", "1:1 a cell cannot define functions; "),
    ("class A: pass", "1:1 a cell cannot define classes; "),
    ("for x in y:\n  z", "1:1 a cell has no for loops; "),
    ("while True: x", "1:1 a cell has no while loops; "),
    ("if a: b", "1:1 a cell has no if statements; "), ("elif a: b", "1:1 a cell has no if"),
    ("else: b", "1:1 'else' without an 'if'; "),
    ("with open(x) as f: y", "1:1 a cell has no with statements; "),
    ("try: x", "1:1 a cell cannot catch errors; "), ("raise x", "1:1 a cell cannot raise errors; "),
    ("assert x", "1:1 a cell has no assertions; "), ("del x", "1:1 a cell cannot delete names; "),
    ("return x", "1:1 a cell has no functions to return from; "),
    ("pass", "1:1 a cell has no blocks"),
    ("break", "1:1 a cell has no loops to leave; "),
    ("continue", "1:1 a cell has no loops to cont"),
    ("global x", "1:1 'global' is not needed"), ("nonlocal x", "1:1 'nonlocal' is not needed"),
    ("async def f(): x", "1:1 a cell has no asynchronous code; "),
    ("await x", "1:1 a cell has no asynchronous code; "),
    ("yield x", "1:1 a cell has no generators"),
    ("f = lambda x: x", "1:5 a cell cannot define functions, so it has no 'lambda'; "),
    ("f(lambda: 1)", "1:3 a cell cannot define functions, so"),
    ("x = (yield)", "1:6 a cell has no generators"),
    ("d = {'a': 1}", "1:5 dictionaries and sets are not part of the cell language; "),
    ("d = {1, 2}", "1:5 dictionaries and sets"), ("{}", "1:1 dictionaries and sets"),
    ("[x for x in {1}]", "1:13 dictionaries and sets"),
    ("@f\nx", "1:1 a cell has no decorators"),
    ("(a := 1)", "1:4 the cell language has no ':='"),
    ("f(a := 1)", "1:5 the cell language has no ':='"), ("a := 1", "1:3 the cell language has no"),
    ("sum(x for x in y)", "1:7 generator expressions are not part of the cell language; "),
    ("g = (x for x in y)", "1:8 generator expressions"),
    ("a, *b = c", "1:4 starred expressions"), ("f(*)", "1:4 a value is missing before ')'"),
    ("f(a=1, *b)", "1:9 a positional argument follows a keyword argument"),
    ("f(**a)", "1:3 starred expressions"), ("[*a]", "1:2 starred expressions"),
    ("[x for y in z for x]", "1:20 'in' is missing before ']'"),
    ("[x for x in y if a else b]", "1:20 ',' or ']' is missing before 'else'"),
    ("a = b = 1", "1:7 a value can only be assigned to one target; "),
    ("a.b = 1", "1:1 an attribute cannot be assigned to; "),
    ("a.b += 1", "1:1 an attribute cannot"),
    ("x[i][j] += 1", "1:1 only name[…] += … can assign to an element; "),
    ("f(x)[0] *= 1", "1:1 only name[…] *= … can"),
    ("x[0][1] = 2", "1:1 only name[…] = … can assign to an element; "),
    ("a.b[0] = 2", "1:1 only name[…] = … can assign"),
    ("a[0], b = c", "1:1 an element cannot be one of several assignment targets; "),
    ("a, (b, c) = d", "1:4 assignment targets cannot be nested; "),
    ("[a, b] = c", "1:1 assignment targets cannot be"),
    ("a, = b", "1:1 unpacking needs at least two names; write name = value[0]"),
    ("f(x) = 1", "1:1 only a name can come before '='; to compare, write =="),
    ("1 = x", "1:1 only a name can come before '='"),
    ("None = 1", "1:1 'None' is a Python keyword"),
    ("(True) = 1", "1:1 None, True and False cannot be assigned to"),
    ("a == b = c", "1:1 a comparison cannot be assigned to"), ("a, b += 1", "1:1 only a name can"),
    ("a + b = 3", "1:1 only a name can come before '='"),
    ("x: int = 1", "1:2 a colon is only allowed in slices and f-strings"),
    ("lambda = 3", "1:1 'lambda' is a Python keyword and cannot be a name; choose another name"),
    ("x.class", "1:3 'class' is a Python keyword and cannot be an attribute"),
    ("f(from=1)", "1:3 'from' is a Python keyword and cannot be the name of an argument"),
    ("f(a=1, b)", "1:8 a positional argument follows a keyword argument; "),
    ("f(a=1, a=2)", "1:8 the argument a is given twice"),
    ("f(a.b=1)", "1:6 '=' is not allowed inside these brackets; to compare, write =="),
    ("x = ...", "1:5 '...' is only allowed in an index; "),
    ("!x", "1:1 Python has no '!'; write 'not'"),
    ("a b", "1:3 'b' is not allowed here; "), ("x = 1 2", "1:7 the number is not allowed here"),
    ("a +", "1:4 a value is missing before the end"),
    ("a = ", "1:5 a value is missing before the e"),
    ("* a", "1:1 starred"), ("/ a", "1:1 a value is missing before '/'"),
    ("a and", "1:6 a value is missing"), ("and a", "1:1 a value is missing before 'and'"),
    ("a if b", "1:1 a conditional expression needs its 'else'; "),
    ("x[]", "1:3 an index is missing"),
    ("x for x in y", "1:3 'for' is only allowed in a list comprehension"),
    ("[x for 1 in y]", "1:8 a name is missing before the number"),
    ("[x for i, (x, y) in z]", "1:11 the names of a comprehension cannot be nested"),
    ("[x for x y]", "1:10 'in' is missing before 'y'"),
    ("[x for x, in y]", "1:8 unpacking needs at least two names"),
    ("[1, 2, , 3]", "1:8 a value is missing before ','"), ("f(,)", "1:3 a value is missing before"),
    ("x.", "1:3 a name is missing before the end"), ("x.1", "1:2 the number is not allowed here"),
    ("a <> b", "1:4 a value is missing before '>'"),
    ("a && b", "1:4 a value is missing before '&'"),
    ("a not b", "1:3 'not' is not allowed here"), ("a = b if c else", "1:16 a value is missing"),
  ])
  func unsupportedSyntax(source: String, expected: String) {
    #expect(fault(source).hasPrefix(expected), "\(fault(source))")
  }

  @Test func inlineValues() throws {
    #expect(grouped(try Expression(parsing: "  a + 1 \n")) == "(+ a 1)")
    #expect(grouped(try Expression(parsing: "a, b")) == "(tuple a b)")
    for (source, message) in [
      ("a = 1", "an expression cannot assign"), ("a; b", "';' is not allowed here"),
      ("", "a value is missing before the end"), ("a\nb", "'b' is not allowed here"),
      ("import numpy", "an import must be on a line of its own"),
    ] {
      #expect(throws: Diagnostic.self) { try Expression(parsing: source) }
      do throws(Diagnostic) {
        _ = try Expression(parsing: source)
      } catch {
        #expect(error.message == message)
      }
    }
  }

  // MARK: Depth

  @Test(arguments: [
    "(", "[", "-", "not ", "f(", "x[", "2**", "f(a=", "a if b else ", "~", "[x for x in ",
    "[x for x in y if ", "[x for x in y for z in ", "f(*",
  ])
  func deepNestingIsRejected(opening: String) {
    for count in [150, 100_000] {
      let source = String(repeating: opening, count: count)
      #expect(fault(source + "1").contains("more than 100 levels"), "\(opening) \(count)")
    }
  }

  @Test(arguments: ["+1", "()", ".a", "[0]", " and 1", " or 1", "*1", "**1", " if 1 else 1"])
  func longChainsAreRejected(link: String) {
    #expect(fault("x" + String(repeating: link, count: 90)) == "fine")
    #expect(
      fault("x" + String(repeating: link, count: 10_000)).contains("more than 100 levels"),
      "\(link)")
  }

  @Test("Each loop of a comprehension is a level")
  func manyLoops() {
    let loops = String(repeating: " for y in z", count: 90)
    #expect(fault("[x\(loops)]") == "fine")
    #expect(fault("[x\(loops)\(loops)]").contains("more than 100 levels"))
  }

  /// Nested chains: the total height counts.
  @Test func nestedChainsAreRejected() {
    let chain = String(repeating: "+1", count: 60)
    #expect(fault("(x\(chain))\(chain)").contains("more than 100 levels"))
    #expect(fault("(x\(chain)) + (x\(chain))") == "fine")
  }

  @Test func deepFormattedStringsAreRejected() {
    #expect(fault("f'{" + String(repeating: "(", count: 100_000)).contains("not closed"))
    let field = String(repeating: "(", count: 100) + "1" + String(repeating: ")", count: 100)
    #expect(fault("f'{\(field)}'").contains("more than 100 levels"))
  }

  @Test func oneHundredLevelsWork() {
    #expect(
      fault(String(repeating: "[", count: 99) + "1" + String(repeating: "]", count: 99)) == "fine")
    #expect(fault(String(repeating: "-", count: 99) + "1") == "fine")
  }

  @Test func longListsAndComparisonsWork() throws {
    let list = "[" + String(repeating: "1, ", count: 50_000) + "]"
    guard case .list(let elements) = try Expression(parsing: list).kind else {
      Issue.record("no list")
      return
    }
    #expect(elements.count == 50_000)
    #expect(fault("1" + String(repeating: " < 1", count: 10_000)) == "fine")
  }

  // MARK: Imports

  @Test(arguments: [
    "import numpy as np", "import numpy as np, torch", "import torch",
    "import scipy.signal as signal",
    "from scipy import signal", "from scipy.io import wavfile", "import torch.nn as nn",
    "import torch.nn.functional as F", "import torch.optim as optim", "from torch import nn, optim",
    "from torch import (nn, optim,)", "from torch.nn import functional as F",
    "import torch as torch",
    "import scipy.io.wavfile as wavfile",
  ])
  func imports(source: String) throws {
    let program = try Program(parsing: source)
    #expect(program.statements.count == 1)
    guard case .importing = program.statements[0].kind else {
      Issue.record("no import")
      return
    }
  }

  @Test(arguments: [
    ("import numpy", "1:8 numpy is always called np here; write import numpy as np"),
    ("import numpy as n", "1:8 numpy is always called np here"),
    (
      "import scipy.signal",
      "1:8 scipy.signal is always called signal here; write from scipy import"
    ),
    ("from torch import nn as n", "1:19 torch.nn is always called nn here"),
    (
      "from numpy import sin",
      "1:19 only modules can be imported, and numpy.sin is not a known module"
    ),
    ("import os", "1:8 there is no module os here; cells see no files but those they load"),
    ("import foo", "1:8 there is no module foo here; write one of: import numpy as np; from scipy"),
    ("import numpy as np, os", "1:21 there is no module os here"),
    ("import nunpy as np", "1:8 there is no module nunpy here; write import numpy as np"),
    (
      "import matplotlib.pyplot as plt",
      "1:8 there is no module matplotlib.pyplot here; plot(y), stem(y)"
    ),
    ("from numpy import *", "1:19 '*' cannot be imported"),
    ("from . import x", "1:6 a cell is not part of a package"),
    ("from scipy", "1:11 'import' is missing before the end"),
    ("import", "1:7 a name is missing before the end"),
    ("import numpy as np as n", "1:20 'as' is only allowed in import lines"),
    ("from torch import (nn", "1:19 '(' is not closed"),
    ("x = import numpy", "1:5 an import must be on a line of its own"),
  ])
  func rejectedImports(source: String, expected: String) {
    #expect(fault(source).hasPrefix(expected), "\(fault(source))")
  }
}
