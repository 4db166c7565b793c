import CellLanguage

/// Looks at a lesson's cells and links as they stand, without running anything.
struct LessonChecker {
  private(set) var problems: [Problem] = []

  private let lesson: Lesson
  private let graph: CellGraph
  private let cells: [String: LessonCell]
  private let vocabulary: KnownNames
  private let files: LessonFiles
  /// The words of cells that could not be read: which of them they define is not known.
  private let unreadWords: Set<String>
  private let lessonNames: [String]

  init(lesson: Lesson, builtins: Set<String>, files: LessonFiles) {
    self.lesson = lesson
    self.files = files
    graph = lesson.graph
    let running = lesson.cells.filter { !$0.isStatic }
    cells = Dictionary(running.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    vocabulary = KnownNames(builtins)
    unreadWords = Set(
      running.lazy.flatMap { cell -> [String] in
        guard case .failure = cell.program else { return [] }
        return cell.source.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
      })
    lessonNames = graph.definer.keys.sorted()
  }

  // MARK: Definitions

  mutating func checkDefinitions() {
    for case .duplicate(let name, let cell, let definer) in graph.problems {
      guard let place = cells[cell], let first = cells[definer] else { continue }
      report(
        name.range, in: place,
        "'\(name.name)' is defined by the cell '\(definer)' on line \(first.line), too",
        "give it another name here")
    }
    for cell in graph.cells {
      guard let place = cells[cell.id] else { continue }
      for name in cell.definitions where vocabulary.contains(name.name) {
        report(
          name.range, in: place, "'\(name.name)' hides the built-in \(name.name) in all cells",
          "give it another name", isWarning: true)
      }
    }
  }

  mutating func checkCycles() {
    for case .cycle(let ids) in graph.problems {
      guard let first = ids.compactMap({ cells[$0] }).min(by: { $0.line < $1.line }) else {
        continue
      }
      let start = ids.firstIndex(of: first.id) ?? 0
      let ordered = ids[start...] + ids[..<start] + [first.id]
      let names = ordered.prefix(10).map { "'\($0)'" }.joined(separator: " needs ")
      problems.append(
        Problem(
          file: lesson.file, line: first.line, column: first.column,
          message: ids.count == 1
            ? "the cell '\(first.id)' needs a name before it assigns it"
            : "these cells wait for one another: \(names)\(ordered.count > 10 ? " …" : "")",
          mend: ids.count == 1
            ? "give the new value another name"
            : "let one of them do without the other's names"))
    }
  }

  // MARK: Code

  /// Names, attributes of modules, files, and what the name analysis found.
  mutating func checkCode() {
    for cell in lesson.cells where !cell.isStatic {
      guard case .success(let program) = cell.program else { continue }
      let analysis = NameAnalysis(of: program)
      let place = Place(line: cell.line, column: cell.column)
      check(analysis, at: place)
      for expression in program.statements.flatMap(\.expressions) {
        check(expression, locals: Set(analysis.definitions.map(\.name)), at: place)
      }
    }
    for value in lesson.inlineValues {
      guard case .success(let expression) = value.expression else { continue }
      let place = Place(line: value.line, column: value.column)
      check(NameAnalysis(of: expression), at: place)
      check(expression, locals: [], at: place)
    }
  }

  private struct Place {
    var line: Int
    var column: Int
  }

  private mutating func check(_ analysis: NameAnalysis, at place: Place) {
    for diagnostic in analysis.diagnostics { report(diagnostic, at: place) }
    for name in analysis.freeNames
    where graph.definer[name.name] == nil && !vocabulary.contains(name.name) {
      if unreadWords.contains(name.name) { continue }
      if name.name.hasPrefix("_") {
        report(
          Diagnostic(
            range: name.range, message: "'\(name.name)' is not known in this cell",
            mend: "names that begin with '_' belong to one cell; use a name without it"),
          at: place)
      } else {
        let near = mayLookForNearMatch ? nearMatch(of: name.name, among: candidates) : nil
        report(
          Diagnostic(
            range: name.range, message: "no cell defines '\(name.name)'",
            mend: near.map { "did you mean '\($0)'?" } ?? "define it in a cell"),
          at: place)
      }
    }
  }

  private var candidates: [String] { lessonNames + vocabulary.topLevelNames }

  /// A look costs time for each name there is; who has a hundred problems needs no more hints.
  private var mayLookForNearMatch: Bool { problems.count < 100 }

  private mutating func check(_ expression: Expression, locals: Set<String>, at place: Place) {
    var locals = locals
    switch expression.kind {
    case .attribute(let base, let name, let range):
      checkAttribute(name, at: range, of: base, locals: locals, place: place)
    case .call(let function, let arguments):
      checkFile(function: function, arguments: arguments, locals: locals, at: place)
    case .comprehension(_, let targets, _, _):
      locals.formUnion(targets.map(\.name))
    default: break
    }
    for child in expression.kind.children { check(child, locals: locals, at: place) }
  }

  private mutating func checkAttribute(
    _ name: String, at range: SourceRange, of base: Expression, locals: Set<String>, place: Place
  ) {
    guard let module = path(of: base, locals: locals), vocabulary.isModule(module),
      !vocabulary.contains(module + "." + name)
    else { return }
    let near =
      mayLookForNearMatch ? nearMatch(of: name, among: vocabulary.members(of: module)) : nil
    report(
      Diagnostic(
        range: range, message: "'\(module)' has no '\(name)' here",
        mend: near.map { "did you mean '\(module).\($0)'?" }), at: place)
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

  // MARK: Files

  private static let readers = ["wavfile.read": "filename", "load": "file"]

  private mutating func checkFile(
    function: Expression, arguments: [Argument], locals: Set<String>, at place: Place
  ) {
    guard let name = path(of: function, locals: locals), let parameter = Self.readers[name],
      let argument = arguments.first(where: { $0.keyword == nil || $0.keyword?.name == parameter }),
      case .string(let file) = argument.value.kind
    else { return }
    let fault: (message: String, mend: String?)
    switch files.find(file) {
    case .found: return
    case .missing:
      let near = mayLookForNearMatch ? nearMatch(of: file, among: files.names(beside: file)) : nil
      fault = ("there is no file '\(file)'", near.map { "did you mean '\($0)'?" } ?? files.mend)
    case .notRegular: fault = ("'\(file)' is not a regular file", files.mend)
    case .outside: fault = ("'\(file)' lies outside the folders a lesson may read", files.mend)
    }
    report(
      Diagnostic(range: argument.value.range, message: fault.message, mend: fault.mend), at: place)
  }

  mutating func checkLinks() {
    for link in lesson.links {
      let message: String
      switch files.find(link: link.destination) {
      case .found, .notRegular: continue
      case .outside: message = "'\(link.destination)' leads out of the lesson's folder"
      case .missing:
        message =
          link.destination.isEmpty
          ? "this link leads nowhere" : "there is no file '\(link.destination)' to link to"
      }
      problems.append(
        Problem(
          file: lesson.file, line: link.line, column: link.column, message: message,
          mend: "write a path from the lesson's folder, or an address with https://"))
    }
  }

  // MARK: Reporting

  private mutating func report(_ diagnostic: Diagnostic, at place: Place) {
    problems.append(
      Problem(diagnostic, file: lesson.file, line: place.line, column: place.column))
  }

  private mutating func report(
    _ range: SourceRange, in cell: LessonCell, _ message: String, _ mend: String,
    isWarning: Bool = false
  ) {
    problems.append(
      Problem(
        Diagnostic(range: range, message: message, mend: mend), file: lesson.file,
        line: cell.line, column: cell.column, isWarning: isWarning))
  }
}

extension Statement {
  /// The expressions directly in the statement.
  fileprivate var expressions: [Expression] {
    switch kind {
    case .assignment(_, let value), .augmentedAssignment(_, _, let value): [value]
    case .indexAssignment(_, let subscripts, let value): subscripts.flatMap(\.children) + [value]
    case .expression(let expression): [expression]
    case .importing: []
    }
  }
}
