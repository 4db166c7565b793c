import CellLanguage
import Lessons
import Messages

/// The programs of a lesson's cells and inline values, with the student's edits, and the graph of
/// their names.
struct LessonPrograms {
  private let ids: [String]
  private let lessonWork: [String: CellRecord.Work]
  private let lessonMarks: [String: CellMark]
  private let builtins: KnownNames
  /// By cell; the others have the lesson's text.
  private var edits: [String: Edit] = [:]

  /// By the ids of cells and inline values.
  private(set) var work: [String: CellRecord.Work] = [:]
  private(set) var graph: CellGraph
  /// The names that each uses but doesn't define, including built-in ones.
  private(set) var uses: [String: [String]] = [:]
  /// Why cells and inline values cannot run as they are written, by position; at least one each.
  private(set) var faults: [String: [Diagnostic]] = [:]

  private struct Edit {
    var source: String
    var work: CellRecord.Work
    var mark: CellMark
  }

  init(_ lesson: Lesson, builtins: KnownNames) {
    self.builtins = builtins
    let cells = lesson.cells.filter { !$0.isStatic }
    ids = cells.map(\.id) + lesson.inlineValues.map(\.id)
    var work: [String: CellRecord.Work] = [:]
    for cell in cells { work[cell.id] = CellRecord.Work(cell.program) }
    for value in lesson.inlineValues {
      switch value.expression {
      case .success(let expression): work[value.id] = .inlineValue(expression)
      case .failure(let diagnostic):
        work[value.id] = .faulty(SyntaxFaults(diagnostic, unreadable: [value.source]))
      }
    }
    lessonWork = work
    lessonMarks = Dictionary(
      cells.map { ($0.id, CellMark(id: $0.id, source: $0.source)) }
        + lesson.inlineValues.map { ($0.id, CellMark($0)) },
      uniquingKeysWith: { first, _ in first })
    graph = CellGraph(cells: [])
    merge()
  }

  /// With the current text of the cell or inline value.
  func mark(of id: String) -> CellMark? { edits[id]?.mark ?? lessonMarks[id] }

  /// - Parameter source: nil for the lesson's own text.
  /// - Returns: false when nothing changes.
  mutating func edit(cell id: String, source: String?) -> Bool {
    switch lessonWork[id] {
    case nil, .inlineValue: return false
    case .cell, .faulty: break
    }
    guard source.map({ Array($0.utf8) }) != edits[id].map({ Array($0.source.utf8) }) else {
      return false
    }
    edits[id] = source.map { source in
      let program = Result { () throws(SyntaxFaults) in try Program(readingCell: source) }
      return Edit(
        source: source, work: CellRecord.Work(program), mark: CellMark(id: id, source: source))
    }
    merge()
    return true
  }

  private mutating func merge() {
    work = lessonWork.merging(edits.mapValues(\.work)) { $1 }
    // A cell whose edit is unreadable still defines its names, so that their users report that it
    // failed.
    let programs = ids.map { id in
      (
        id: id,
        program: work[id]?.program ?? lessonWork[id]?.program ?? Program(statements: [])
      )
    }
    graph = CellGraph(cells: programs, edited: Set(edits.keys))
    uses = Dictionary(
      graph.cells.map { ($0.id, $0.uses.map(\.name)) }, uniquingKeysWith: { first, _ in first })
    addFaults(of: programs)
  }

  /// Cells that would fail whatever their values are do not run: all that is wrong is said at once.
  private mutating func addFaults(of programs: [(id: String, program: Program)]) {
    var all: [String: [Diagnostic]] = [:]
    for problem in graph.problems {
      for (cell, diagnostic) in problem.diagnostics() { all[cell, default: []].append(diagnostic) }
    }
    var fragments: [CellFaults.Fragment] = []
    var unreadableWords: Set<String> = []
    for id in ids {
      guard case .faulty(let syntax)? = work[id] else { continue }
      all[id, default: []] += syntax.faults
      fragments.append(CellFaults.Fragment(id: id, program: syntax.readable))
      unreadableWords.formUnion(syntax.unreadable.flatMap(\.codeWords))
      unreadableWords.formUnion(NameAnalysis(of: syntax.readable).definitions.map(\.name))
    }
    let readable = programs.filter { work[$0.id]?.program != nil }
    let found = CellFaults(
      of: readable, in: graph, fragments: fragments, builtins: builtins,
      unreadableWords: unreadableWords)
    for (id, faults) in found.faults {
      all[id, default: []] += faults.filter(\.isCertain).map(\.diagnostic)
    }
    faults = all.compactMapValues { found in
      found.isEmpty
        ? nil
        : found.sorted {
          ($0.range?.start.offset ?? 0) < ($1.range?.start.offset ?? 0)
        }
    }
  }
}

extension CellMark {
  package init(_ value: InlineValue) { self.init(id: value.id, source: value.source) }
}

extension CellRecord.Work {
  fileprivate init(_ program: Result<Program, SyntaxFaults>) {
    switch program {
    case .success(let program): self = .cell(program)
    case .failure(let syntax): self = .faulty(syntax)
    }
  }

  fileprivate var program: Program? {
    switch self {
    case .cell(let program): program
    case .inlineValue(let expression):
      Program(statements: [Statement(.expression(expression), range: expression.range)])
    case .faulty: nil
    }
  }
}
