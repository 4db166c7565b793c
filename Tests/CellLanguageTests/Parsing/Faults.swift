import CellLanguage

/// What is wrong with a cell's text, as "line:column message; mend"; "fine" when nothing is.
func fault(_ source: String) -> String {
  do throws(Diagnostic) {
    _ = try Program(parsing: source)
    return "fine"
  } catch {
    return described(error)
  }
}

func described(_ diagnostic: Diagnostic) -> String {
  let start = diagnostic.range.start
  return "\(start.line):\(start.column) \(diagnostic.message)"
    + (diagnostic.mend.map { "; \($0)" } ?? "")
}
