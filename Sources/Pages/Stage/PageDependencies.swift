import CellLanguage
import Lessons

/// Which cells and inline values of a lesson follow from which.
package struct PageDependencies: Sendable {
  private let graph: CellGraph

  /// O(cells + names).
  package init(of lesson: Lesson) {
    let cells = lesson.cells.compactMap { cell -> (id: String, program: Program)? in
      guard !cell.isStatic, case .success(let program) = cell.program else { return nil }
      return (cell.id, program)
    }
    let values = lesson.inlineValues.compactMap { value -> (id: String, program: Program)? in
      guard case .success(let expression) = value.expression else { return nil }
      let statement = Statement(.expression(expression), range: expression.range)
      return (value.id, Program(statements: [statement]))
    }
    graph = CellGraph(cells: cells + values)
  }

  /// The cells that a cell needs, directly or not, and itself.
  package func needs(of cell: String) -> Set<String> { Set(graph.order(for: [cell])) }

  /// The cells and values of the page that belong together with a cell: what the student can set it by, and
  /// what changes with that.
  ///
  /// - Parameter isSource: whether a student can change what a cell computes.
  func group(of cell: String, on page: Page, isSource: (String) -> Bool) -> Set<String> {
    let onPage = Set(
      page.cells.filter { !$0.isStatic }.map(\.id) + page.inlineValues.map(\.id))
    guard onPage.contains(cell) else { return [cell] }
    let sources = graph.order(for: [cell]).filter { onPage.contains($0) && isSource($0) }
    return onPage.intersection(sources + graph.dependents(of: Set(sources))).union([cell])
  }
}
