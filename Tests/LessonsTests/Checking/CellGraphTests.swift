import CellLanguage
import Lessons
import Testing

@Suite struct CellGraphTests {
  /// Cells named a, b, c, … by their texts.
  private func graph(_ sources: String...) throws -> CellGraph {
    let names = "abcdefgh".map(String.init)
    return CellGraph(
      cells: try zip(names, sources).map { (id: $0, program: try Program(parsing: $1)) })
  }

  @Test func edgesGoToTheDefiningCells() throws {
    let graph = try graph("x = 1; _x = 2", "y = x + len(_x)", "z = [x for x in y]", "z + x")
    #expect(graph.definer == ["x": "a", "y": "b", "z": "c"])
    #expect(graph.dependencies == ["a": [], "b": ["a"], "c": ["b"], "d": ["a", "c"]])
    #expect(graph.dependents(of: "b") == ["c", "d"])
    #expect(graph.dependents(of: "d") == [])
    #expect(graph.problems == [])
    #expect(graph.cells.map { $0.uses.map(\.name) } == [[], ["x", "len"], ["y"], ["z", "x"]])
  }

  @Test func dependenciesComeFirst() throws {
    let graph = try graph("p = q", "q = r + s", "r = s", "s = 1", "t = 1")
    #expect(graph.order(for: ["a"]) == ["d", "c", "b", "a"])
    #expect(graph.order(for: ["d", "e"]) == ["d", "e"])
    #expect(graph.order(for: ["none"]) == [])
  }

  @Test func aNameBelongsToItsFirstCell() throws {
    let graph = try graph("x = 1", "x = 2; _y = 1", "_y = x")
    #expect(graph.definer["x"] == "a")
    #expect(graph.dependencies["c"] == ["a"])
    guard case .duplicate(let name, let cell, let definer)? = graph.problems.first else {
      Issue.record("the second definition is a problem")
      return
    }
    #expect(graph.problems.count == 1)
    #expect((name.name, cell, definer) == ("x", "b", "a"))
  }

  @Test func cyclesAreAsShortAsPossible() throws {
    let long = try graph("a = c", "b = a", "c = b + d", "d = c")
    #expect(long.problems.count == 1)
    guard case .cycle(let cells)? = long.problems.first else {
      Issue.record("the cycle is a problem")
      return
    }
    for (need, next) in zip(cells, cells.dropFirst() + cells.prefix(1)) {
      #expect(long.dependencies[need.cell]?.contains(next.cell) == true)
      #expect(long.definer[need.name.name] == next.cell)
    }
    #expect(Set(long.order(for: ["a"])) == ["a", "b", "c", "d"])
    let short = try graph("x = x + 1").problems
    guard short.count == 1, case .cycle(let needs) = short[0] else {
      Issue.record("a cell that needs itself is a cycle")
      return
    }
    #expect(needs.map(\.cell) == ["a"] && needs.map(\.name.name) == ["x"])
    #expect(try graph("x = 1; x = x + 1").problems == [])
    #expect(try graph("x = y", "y = x", "z = w", "w = z").problems.count == 2)
  }
}
