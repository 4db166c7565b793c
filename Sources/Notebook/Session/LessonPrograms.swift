import CellLanguage
import Lessons
import Messages

/// The programs of a lesson's cells and inline values, with the student's edits, and the graph of
/// their names.
struct LessonPrograms {
  private let ids: [String]
  private let lessonWork: [String: CellRecord.Work]
  private let lessonMarks: [String: CellMark]
  /// By cell; the others have the lesson's text.
  private var edits: [String: Edit] = [:]

  /// By the ids of cells and inline values.
  private(set) var work: [String: CellRecord.Work] = [:]
  private(set) var graph: CellGraph
  /// The names that each uses but doesn't define, including built-in ones.
  private(set) var uses: [String: [String]] = [:]

  private struct Edit {
    var source: String
    var work: CellRecord.Work
    var mark: CellMark
  }

  init(_ lesson: Lesson) {
    let cells = lesson.cells.filter { !$0.isStatic }
    ids = cells.map(\.id) + lesson.inlineValues.map(\.id)
    var work: [String: CellRecord.Work] = [:]
    for cell in cells { work[cell.id] = CellRecord.Work(cell.program) }
    for value in lesson.inlineValues {
      switch value.expression {
      case .success(let expression): work[value.id] = .inlineValue(expression)
      case .failure(let diagnostic): work[value.id] = .faulty(diagnostic)
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
      let program = Result { () throws(Diagnostic) in try Program(parsingCell: source) }
      return Edit(
        source: source, work: CellRecord.Work(program), mark: CellMark(id: id, source: source))
    }
    merge()
    return true
  }

  private mutating func merge() {
    work = lessonWork.merging(edits.mapValues(\.work)) { $1 }
    graph = CellGraph(
      cells: ids.map { id in
        // A cell whose edit is unreadable still defines its names, so that their users report
        // that it failed.
        (id, work[id]?.program ?? lessonWork[id]?.program ?? Program(statements: []))
      }, edited: Set(edits.keys))
    uses = Dictionary(
      graph.cells.map { ($0.id, $0.uses.map(\.name)) }, uniquingKeysWith: { first, _ in first })
    for (id, error) in graph.faults where work[id]?.fault == nil { work[id] = .faulty(error) }
  }
}

extension CellMark {
  package init(_ value: InlineValue) { self.init(id: value.id, source: value.source) }
}

extension CellRecord.Work {
  fileprivate init(_ program: Result<Program, Diagnostic>) {
    switch program {
    case .success(let program): self = .cell(program)
    case .failure(let diagnostic): self = .faulty(diagnostic)
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

extension CellGraph {
  /// The cells that cannot run because of their names, each with its first error.
  fileprivate var faults: [String: Diagnostic] {
    var faults: [String: Diagnostic] = [:]
    for problem in problems {
      switch problem {
      case .duplicate(let name, let cell, let definer):
        faults[cell] =
          faults[cell]
          ?? Diagnostic(
            "\(name.name) is already defined by the cell \(definer)",
            hint: "choose another name; one that begins with _ is private to this cell",
            range: name.range)
      case .cycle(let ids) where ids.count == 1:
        faults[ids[0]] =
          faults[ids[0]]
          ?? Diagnostic("this cell uses a name before it defines it", hint: "define it first")
      case .cycle(let ids):
        let cycle = (ids + ids.prefix(1)).joined(separator: " → ")
        for id in ids {
          faults[id] =
            faults[id]
            ?? Diagnostic(
              "these cells depend on each other: \(cycle)",
              hint: "break the cycle with a new name")
        }
      }
    }
    for cell in cells {
      guard let diagnostic = cell.diagnostics.first, faults[cell.id] == nil else { continue }
      faults[cell.id] = diagnostic
    }
    return faults
  }
}
