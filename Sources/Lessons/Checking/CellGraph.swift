import CellLanguage

/// Which cell needs which: an arrow goes from a cell to those that define the names it uses.
///
/// Names that begin with an underscore belong to their cell and make no arrow. A name that several
/// cells define belongs to the first; the others' definitions are duplicates.
package struct CellGraph: Sendable {
  /// What a cell does with names, and where in its text.
  package struct Cell: Sendable {
    package let id: String
    /// The names it gives to others, each where it is assigned first.
    package let definitions: [Identifier]
    /// The names it reads from others, built-in ones among them, each where it is read first.
    package let uses: [Identifier]
    /// What the name analysis found: widgets inside expressions, changes of shared values.
    package let diagnostics: [Diagnostic]
  }

  package enum Problem: Hashable, Sendable {
    /// `name` is assigned by `cell` although `definer` does so already.
    case duplicate(name: Identifier, cell: String, definer: String)
    /// Each cell needs the next one, and the last needs the first.
    case cycle([String])
  }

  /// In the order of the lesson.
  package let cells: [Cell]
  /// The id of the cell that defines a name.
  package let definer: [String: String]
  /// For each cell's id the cells it needs directly, in the order of the lesson.
  package let dependencies: [String: [String]]
  package let problems: [Problem]

  private let directDependents: [String: [String]]
  private let positions: [String: Int]

  /// O(cells + names + arrows).
  ///
  /// - Parameters:
  ///   - cells: in the order of the lesson; ids are unique.
  ///   - edited: the cells that the student has rewritten. When one of them defines a name that
  ///     another cell of the lesson has, wherever it stands, the mistake is the edited cell's.
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

    let positions = Dictionary(
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
      + StronglyConnectedComponents(of: cells.map(\.id), arrows: dependencies).cycles
      .map(Problem.cycle)
  }

  /// The given cells and all that they need, directly or not, each after what it needs. Cells that
  /// need one another stand in the order of the lesson. O(cells + arrows).
  package func order(for ids: Set<String>) -> [String] {
    let needed = reachable(from: ids, by: dependencies)
    return StronglyConnectedComponents(of: sorted(needed), arrows: dependencies)
      .components.flatMap(sorted)
  }

  /// The cells that need the given ones, directly or not, without these, in the lesson's order.
  package func dependents(of ids: Set<String>) -> [String] {
    sorted(reachable(from: ids, by: directDependents).subtracting(ids))
  }

  /// The cells that need `id` directly or not.
  package func dependents(of id: String) -> [String] { dependents(of: [id]) }

  private func reachable(from ids: Set<String>, by arrows: [String: [String]]) -> Set<String> {
    var found = ids.filter { positions[$0] != nil }
    var waiting = Array(found)
    while let id = waiting.popLast() {
      for next in arrows[id] ?? [] where found.insert(next).inserted { waiting.append(next) }
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
      uses: analysis.freeNames.filter(isShared), diagnostics: analysis.diagnostics)
  }
}
