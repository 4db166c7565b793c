import CellLanguage
import Lessons
import Messages

/// What the cells and inline values of a lesson are to do, with the student's edits: their
/// programs, and the graph of their names.
struct LessonPrograms {
  private let ids: [String]
  private let lessonWorks: [String: CellRecord.Work]
  /// By cell; those that are not here have the lesson's text.
  private var edits: [String: Edit] = [:]

  /// By the ids of cells and inline values.
  private(set) var works: [String: CellRecord.Work] = [:]
  private(set) var graph: CellGraph
  /// The names that each uses of others, built-in ones among them.
  private(set) var uses: [String: [String]] = [:]

  private struct Edit {
    var source: String
    var work: CellRecord.Work
  }

  init(_ lesson: Lesson) {
    let cells = lesson.cells.filter { !$0.isStatic }
    ids = cells.map(\.id) + lesson.inlineValues.map(\.id)
    var works: [String: CellRecord.Work] = [:]
    for cell in cells { works[cell.id] = CellRecord.Work(cell.program) }
    for value in lesson.inlineValues {
      switch value.expression {
      case .success(let expression): works[value.id] = .inlineValue(expression)
      case .failure(let diagnostic): works[value.id] = .faulty(diagnostic)
      }
    }
    lessonWorks = works
    graph = CellGraph(cells: [])
    join()
  }

  /// - Parameter source: nil for the lesson's own text.
  /// - Returns: false when nothing changes.
  mutating func edit(cell id: String, source: String?) -> Bool {
    switch lessonWorks[id] {
    case nil, .inlineValue: return false
    case .cell, .faulty: break
    }
    guard source.map({ Array($0.utf8) }) != edits[id].map({ Array($0.source.utf8) }) else {
      return false
    }
    edits[id] = source.map { source in
      let program = Result { () throws(Diagnostic) in try Program(parsing: source) }
      return Edit(source: source, work: CellRecord.Work(program))
    }
    join()
    return true
  }

  private mutating func join() {
    works = lessonWorks.merging(edits.mapValues(\.work)) { $1 }
    graph = CellGraph(
      cells: ids.map { id in
        // A cell that cannot be read any more goes on to stand for its names: who uses them says
        // that it failed.
        (id, works[id]?.program ?? lessonWorks[id]?.program ?? Program(statements: []))
      }, edited: Set(edits.keys))
    uses = Dictionary(
      graph.cells.map { ($0.id, $0.uses.map(\.name)) }, uniquingKeysWith: { first, _ in first })
    for (id, error) in graph.faults where works[id]?.fault == nil { works[id] = .faulty(error) }
  }
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
  /// The cells that cannot run because of how their names are used, each with its first error.
  fileprivate var faults: [String: Diagnostic] {
    var faults: [String: Diagnostic] = [:]
    for problem in problems {
      switch problem {
      case .duplicate(let name, let cell, let definer):
        faults[cell] =
          faults[cell]
          ?? Diagnostic(
            "\(name.name) is defined by the cell \(definer) already",
            hint: "choose another name, or one that begins with _ and belongs to this cell",
            range: name.range)
      case .cycle(let ids) where ids.count == 1:
        faults[ids[0]] =
          faults[ids[0]]
          ?? Diagnostic("this cell uses a name before it defines it", hint: "define it first")
      case .cycle(let ids):
        let circle = (ids + ids.prefix(1)).joined(separator: " → ")
        for id in ids {
          faults[id] =
            faults[id]
            ?? Diagnostic(
              "these cells need each other: \(circle)", hint: "break the circle with a new name")
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
