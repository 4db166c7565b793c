import CellLanguage
import Messages

/// The dependencies between cells: an edge goes from a cell to each cell that defines a name it uses.
///
/// Names that begin with an underscore are local to their cell and create no edge. A name defined by
/// several cells belongs to the first; the other definitions are duplicates.
package struct CellGraph: Sendable {
  /// How a cell uses names, with positions in its text.
  package struct Cell: Sendable {
    package let id: String
    /// The names it provides to other cells, each at its first assignment.
    package let definitions: [Identifier]
    /// The names it reads from elsewhere, including built-in ones, each at its first use.
    package let uses: [Identifier]
  }

  /// A cell, and a name that it needs of the next cell in a cycle.
  package struct Need: Hashable, Sendable {
    package let cell: String
    package let name: Identifier
  }

  package enum Problem: Hashable, Sendable {
    /// `name` is assigned by `cell`, although `definer` already defines it.
    case duplicate(name: Identifier, cell: String, definer: String)
    /// Each cell needs the next one, and the last needs the first. A cell alone uses a name before it
    /// assigns it.
    case cycle([Need])
  }

  /// In lesson order.
  package let cells: [Cell]
  /// The id of the cell that defines a name.
  package let definer: [String: String]
  /// The direct dependencies of each cell, by its id, in lesson order.
  package let dependencies: [String: [String]]
  package let problems: [Problem]

  private let directDependents: [String: [String]]
  private let positions: [String: Int]

  /// O(cells + names + edges).
  ///
  /// - Parameters:
  ///   - cells: in lesson order; ids are unique.
  ///   - edited: the cells that the student has edited. If one of them defines a name that an unedited
  ///     cell also defines, before or after it, the edited cell's definition is the duplicate.
  package init(
    cells programs: [(id: String, program: Program)], edited: Set<String> = []
  ) {
    let cells = programs.map { Cell(id: $0.id, analysis: NameAnalysis(of: $0.program)) }
    var definer: [String: String] = [:]
    var problems: [Problem] = []
    for cell in cells.filter({ !edited.contains($0.id) })
      + cells.filter({ edited.contains($0.id) })
    {
      for name in cell.definitions {
        if let first = definer[name.name] {
          problems.append(.duplicate(name: name, cell: cell.id, definer: first))
        } else {
          definer[name.name] = cell.id
        }
      }
    }

    let positions: [String: Int] = Dictionary(
      cells.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var dependencies: [String: [String]] = [:]
    var dependents: [String: [String]] = [:]
    for cell in cells {
      let needed = Set(cell.uses.compactMap { definer[$0.name] })
      dependencies[cell.id] = needed.sorted { positions[$0]! < positions[$1]! }
      for id in needed { dependents[id, default: []].append(cell.id) }
    }

    self.cells = cells
    self.definer = definer
    self.dependencies = dependencies
    self.directDependents = dependents
    self.positions = positions
    self.problems =
      problems
      + StronglyConnectedComponents(of: cells.map(\.id), edges: dependencies).cycles.map { ids in
        .cycle(
          zip(ids, ids.dropFirst() + ids.prefix(1)).compactMap { id, next in
            positions[id].flatMap { position in
              cells[position].uses.first { definer[$0.name] == next }
            }.map { Need(cell: id, name: $0) }
          })
      }
  }

  /// The names that a cell defines, and no cell before it.
  func names(of id: String) -> Set<String> {
    guard let position = positions[id] else { return [] }
    return Set(cells[position].definitions.map(\.name).filter { definer[$0] == id })
  }

  /// The given cells and all their dependencies, direct or indirect, in dependency order. Cells in a
  /// cycle are in lesson order. O(cells + edges).
  package func order(for ids: Set<String>) -> [String] {
    let needed = reachable(from: ids, by: dependencies)
    return StronglyConnectedComponents(of: sorted(needed), edges: dependencies)
      .components.flatMap(sorted)
  }

  /// The direct and indirect dependents of the given cells, excluding these, in lesson order.
  package func dependents(of ids: Set<String>) -> [String] {
    sorted(reachable(from: ids, by: directDependents).subtracting(ids))
  }

  /// The direct and indirect dependents of a cell.
  package func dependents(of id: String) -> [String] { dependents(of: [id]) }

  private func reachable(from ids: Set<String>, by edges: [String: [String]]) -> Set<String> {
    var found = ids.filter { positions[$0] != nil }
    var waiting = Array(found)
    while let id = waiting.popLast() {
      for next in edges[id] ?? [] where found.insert(next).inserted { waiting.append(next) }
    }
    return found
  }

  private func sorted(_ ids: some Sequence<String>) -> [String] {
    ids.sorted { positions[$0, default: 0] < positions[$1, default: 0] }
  }
}

extension CellGraph.Cell {
  fileprivate init(id: String, analysis: NameAnalysis) {
    func isShared(_ identifier: Identifier) -> Bool { !identifier.name.hasPrefix("_") }
    self.init(
      id: id, definitions: analysis.definitions.filter(isShared),
      uses: analysis.freeNames.filter(isShared))
  }
}
