import CellLanguage
import Messages

/// The first error in a cell's text as "line:column message; hint"; "fine" if there is none.
func fault(_ source: String) -> String {
  do throws(Diagnostic) {
    _ = try Program(parsing: source)
    return "fine"
  } catch {
    return described(error)
  }
}

func described(_ diagnostic: Diagnostic) -> String {
  let position = diagnostic.range.map { "\($0.start.line):\($0.start.column) " } ?? ""
  return position + diagnostic.message
    + (diagnostic.hint.map { "; \($0)" } ?? "")
}
