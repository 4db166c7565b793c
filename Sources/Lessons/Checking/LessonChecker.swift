import CellLanguage
import Files
import Messages

/// Checks a lesson's cells and links statically.
struct LessonChecker {
  private(set) var problems: [Problem] = []

  private let lesson: Lesson
  private let graph: CellGraph
  private let cells: [String: LessonCell]
  private let builtins: KnownNames
  private let files: LessonFiles
  /// The names of random generators, by cell.
  private let generators: [String: Set<String>]

  /// Each search is linear in the number of names, and after a hundred problems hints are of no use.
  private var suggestsNearMatches: Bool { problems.count < 100 }

  init(lesson: Lesson, builtins: KnownNames, files: LessonFiles) {
    self.lesson = lesson
    self.builtins = builtins
    self.files = files
    graph = lesson.graph
    let running = lesson.cells.filter { !$0.isStatic }
    cells = Dictionary(running.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    generators = Dictionary(
      running.compactMap { cell in
        guard case .success(let program) = cell.program else { return nil }
        return (cell.id, NameAnalysis(of: program).generators)
      }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: Definitions

  mutating func checkDefinitions() {
    for problem in graph.problems {
      let found = problem.diagnostics { cells[$0]?.line }
      // A cycle is one problem, at the first of its cells.
      let first = found.compactMap { found in cells[found.cell].map { ($0, found.diagnostic) } }
        .min { $0.0.line < $1.0.line }
      if let (cell, diagnostic) = first {
        report(diagnostic, at: SourcePosition(line: cell.line, column: cell.column))
      }
    }
    for cell in graph.cells {
      guard let lessonCell = cells[cell.id] else { continue }
      for name in cell.definitions where builtins.contains(name.name) {
        report(
          name.range, in: lessonCell, "'\(name.name)' hides the built-in \(name.name) in all cells",
          "give it another name", isWarning: true)
      }
    }
  }

  // MARK: Code

  /// Checks what can be read of cells and inline values: names, attributes, arguments and files.
  mutating func checkCode() {
    var programs: [(id: String, program: Program)] = []
    var fragments: [CellFaults.Fragment] = []
    var positions: [String: SourcePosition] = [:]
    var unreadableWords: Set<String> = []
    for cell in lesson.cells where !cell.isStatic && positions[cell.id] == nil {
      positions[cell.id] = SourcePosition(line: cell.line, column: cell.column)
      switch cell.program {
      case .success(let program): programs.append((cell.id, program))
      case .failure(let syntax):
        unreadableWords.formUnion(syntax.unreadable.flatMap(\.codeWords))
        unreadableWords.formUnion(NameAnalysis(of: syntax.readable).definitions.map(\.name))
        fragments.append(CellFaults.Fragment(id: cell.id, program: syntax.readable))
      }
    }
    for value in lesson.inlineValues where positions[value.id] == nil {
      guard case .success(let expression) = value.expression else { continue }
      positions[value.id] = SourcePosition(line: value.line, column: value.column)
      fragments.append(
        CellFaults.Fragment(
          id: value.id,
          program: Program(statements: [
            Statement(.expression(expression), range: expression.range)
          ])))
    }
    let faults = CellFaults(
      of: programs, in: graph, fragments: fragments, builtins: builtins,
      unreadableWords: unreadableWords
    ).faults
    for (id, program) in programs + fragments.map({ ($0.id, $0.program) }) {
      guard let position = positions[id] else { continue }
      checkGenerators(in: program, at: position)
      for fault in faults[id] ?? [] { report(fault.diagnostic, at: position) }
      let locals = Set(NameAnalysis(of: program).definitions.map(\.name))
      for expression in program.statements.flatMap(\.expressions) {
        checkFiles(in: expression, locals: locals, at: position)
      }
    }
  }

  /// "np.fft" for the expression np.fft, unless `np` is a name of the lesson.
  private func path(of expression: Expression, locals: Set<String>) -> String? {
    switch expression.kind {
    case .name(let name):
      locals.contains(name) || graph.definer[name] != nil ? nil : name
    case .attribute(let base, let name, _):
      path(of: base, locals: locals).map { $0 + "." + name }
    default: nil
    }
  }

  /// A random generator belongs to the cell that makes it: elsewhere its numbers would depend on which cells ran before.
  private mutating func checkGenerators(in program: Program, at position: SourcePosition) {
    for name in NameAnalysis(of: program).freeNames {
      guard let definer = graph.definer[name.name],
        generators[definer]?.contains(name.name) == true
      else { continue }
      report(
        Diagnostic(
          "'\(name.name)' is a random generator, which belongs to the cell '\(definer)'",
          hint: "make another one here, or draw there and use the result", range: name.range),
        at: position)
    }
  }

  // MARK: Files

  private mutating func checkFiles(
    in expression: Expression, locals: Set<String>, at position: SourcePosition
  ) {
    var locals = locals
    switch expression.kind {
    case .call(let function, let arguments):
      checkFile(function: function, arguments: arguments, locals: locals, at: position)
    case .comprehension(_, let clauses):
      locals.formUnion(clauses.flatMap(\.targets).map(\.name))
    default: break
    }
    for child in expression.kind.children { checkFiles(in: child, locals: locals, at: position) }
  }

  private static let readers = ["wavfile.read": "filename", "load": "file"]

  private mutating func checkFile(
    function: Expression, arguments: [Argument], locals: Set<String>, at position: SourcePosition
  ) {
    guard let name = path(of: function, locals: locals), let parameter = Self.readers[name],
      let argument = arguments.first(where: { $0.keyword == nil || $0.keyword?.name == parameter }),
      case .string(let file) = argument.value.kind
    else { return }
    do throws(Diagnostic) {
      try FileName.check(file)
    } catch {
      report(Diagnostic(error.message, hint: error.hint, range: argument.value.range), at: position)
      return
    }
    let failure: (message: String, hint: String?)
    switch files.find(file) {
    case .found: return
    case .missing:
      let near = suggestsNearMatches ? nearMatch(of: file, among: files.names(beside: file)) : nil
      failure = ("there is no file '\(file)'", near.map { "did you mean '\($0)'?" } ?? files.hint)
    case .notRegular: failure = ("'\(file)' is not a regular file", files.hint)
    case .outside: failure = ("'\(file)' is outside the folders that a lesson may read", files.hint)
    }
    report(
      Diagnostic(failure.message, hint: failure.hint, range: argument.value.range), at: position)
  }

  // MARK: The stage

  private static let plots: Set<String> = [
    "plot", "stem", "response", "spectrum", "spectrogram", "image",
  ]
  /// Side by side on 80 columns; two rows of plots and a widget are higher than 24 rows.
  private static let plotsOnAScreen = 2

  /// Warns of widgets that change more plots than a screen shows beside them.
  mutating func checkStages() {
    for page in lesson.pages {
      let onPage = page.cells.filter { !$0.isStatic }
      let counts = Dictionary(
        onPage.map { ($0.id, Self.calls(of: Self.plots, in: $0)) },
        uniquingKeysWith: { first, _ in first })
      for cell in onPage where Self.calls(of: NameAnalysis.widgets, in: cell) > 0 {
        let changing = [cell.id] + graph.dependents(of: cell.id)
        let count = changing.reduce(0) { $0 + counts[$1, default: 0] }
        guard count > Self.plotsOnAScreen else { continue }
        problems.append(
          Problem(
            file: lesson.file, line: cell.line, column: cell.column,
            message:
              "the widgets of the cell '\(cell.id)' change \(count) plots, and a screen of 80×24 "
              + "shows \(Self.plotsOnAScreen) beside them",
            hint: "draw several curves in one plot, or move plots to another page", isWarning: true)
        )
      }
    }
  }

  /// How often a cell calls some functions, itself or as what it assigns.
  private static func calls(of names: Set<String>, in cell: LessonCell) -> Int {
    guard case .success(let program) = cell.program else { return 0 }
    func count(_ expression: Expression) -> Int {
      var own = 0
      if case .call(let function, _) = expression.kind, case .name(let name) = function.kind,
        names.contains(name)
      {
        own = 1
      }
      return own + expression.kind.children.reduce(0) { $0 + count($1) }
    }
    return program.statements.flatMap(\.expressions).reduce(0) { $0 + count($1) }
  }

  mutating func checkLinks() {
    for link in lesson.links {
      let message: String
      switch files.find(link: link.destination) {
      case .found, .notRegular: continue
      case .outside: message = "'\(link.destination)' points outside the lesson's folder"
      case .missing:
        message =
          link.destination.isEmpty
          ? "this link has no destination" : "there is no file '\(link.destination)' to link to"
      }
      problems.append(
        Problem(
          file: lesson.file, line: link.line, column: link.column, message: message,
          hint: "write a path from the lesson's folder, or an address with https://"))
    }
  }

  // MARK: Reporting

  private mutating func report(_ diagnostic: Diagnostic, at position: SourcePosition) {
    problems.append(
      Problem(diagnostic, file: lesson.file, line: position.line, column: position.column))
  }

  private mutating func report(
    _ range: SourceRange, in cell: LessonCell, _ message: String, _ hint: String,
    isWarning: Bool = false
  ) {
    problems.append(
      Problem(
        Diagnostic(message, hint: hint, range: range), file: lesson.file,
        line: cell.line, column: cell.column, isWarning: isWarning))
  }
}
