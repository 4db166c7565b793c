import CellLanguage

/// What is wrong with the cells of a lesson, each by itself but with what is known of the others' values.
package struct CellFaults: Sendable {
  /// By cell; those without faults are missing.
  package private(set) var faults: [String: [CellCheck.Fault]] = [:]

  /// A text that is checked, but defines nothing for others: an inline value, or what can be read of a
  /// cell.
  package struct Fragment {
    package var id: String
    package var program: Program
    /// The words of its other text.
    package var unreadableWords: Set<String>

    package init(id: String, program: Program, unreadableWords: Set<String> = []) {
      self.id = id
      self.program = program
      self.unreadableWords = unreadableWords
    }
  }

  /// Near matches beyond so many faults are of no use.
  private static let suggestionLimit = 100

  /// - Parameters:
  ///   - programs: the cells of the graph.
  ///   - unreadableWords: the words of texts that could not be read.
  package init(
    of programs: [(id: String, program: Program)], in graph: CellGraph,
    fragments: [Fragment] = [], builtins: KnownNames, unreadableWords: Set<String> = []
  ) {
    var surroundings = CellCheck.Surroundings(builtins: builtins)
    surroundings.isLesson = true
    surroundings.unreadableWords = unreadableWords
    for name in graph.definer.keys { surroundings.names[name] = .some(nil) }
    let programsByID = Dictionary(programs.map { ($0.id, $0.program) }) { first, _ in first }
    var count = 0
    func check(_ id: String, _ program: Program) -> [String: KnownValue?] {
      surroundings.suggestsNames = count < Self.suggestionLimit
      let check = CellCheck(of: program, in: surroundings)
      count += check.faults.count
      if !check.faults.isEmpty { faults[id] = check.faults }
      return check.names
    }
    for id in graph.order(for: Set(programsByID.keys)) {
      guard let program = programsByID[id] else { continue }
      surroundings.ownNames = graph.names(of: id)
      for (name, value) in check(id, program) where surroundings.ownNames.contains(name) {
        surroundings.names[name] = value
      }
    }
    surroundings.ownNames = []
    for fragment in fragments {
      surroundings.unreadableWords = unreadableWords.union(fragment.unreadableWords)
      _ = check(fragment.id, fragment.program)
    }
  }
}
