import CellLanguage
import Messages

extension CellGraph.Problem {
  /// What is wrong, for each cell that has the problem; with positions in the cells' texts.
  ///
  /// - Parameter line: that of a cell in the lesson's file, where that is of use.
  package func diagnostics(
    line: (String) -> Int? = { _ in nil }
  ) -> [(cell: String, diagnostic: Diagnostic)] {
    switch self {
    case .duplicate(let name, let cell, let definer):
      let place = line(definer).map { " on line \($0)" } ?? ""
      let diagnostic = Diagnostic(
        "\(name.name) is already defined by the cell \(definer)\(place)",
        hint: "choose another name; one that begins with _ is private to this cell",
        range: name.range)
      return [(cell, diagnostic)]
    case .cycle(let needs):
      // The check of the cell itself says so.
      guard needs.count > 1 else { return [] }
      return needs.indices.map { index in
        // From this cell on.
        let needs = Array(needs[index...] + needs[..<index])
        let names = needs.map(\.name.name)
        var links = zip([names[names.count - 1]] + names, names).map { "\($0) needs \($1)" }
        if links.count > Self.longestCycle {
          links = links.prefix(Self.longestCycle - 1) + ["…", links[links.count - 1]]
        }
        let last = links.removeLast()
        return (
          needs[0].cell,
          Diagnostic(
            "these cells depend on each other: \(links.joined(separator: ", ")), and \(last)",
            hint: "compute one of them without the others", range: needs[0].name.range)
        )
      }
    }
  }

  private static let longestCycle = 8
}
