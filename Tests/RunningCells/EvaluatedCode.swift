import Builtins
import CellLanguage
import Interpreter
import Messages

/// The result of code that may read and write every file.
package func result(of code: String) -> CodeResult {
  CodeResult(of: code, files: FileAccess(.everything), vocabulary: .standard)
}

/// The value of an expression that stands alone.
package func value(of expression: String) throws -> Value {
  let result = result(of: "result = " + expression)
  if let error = result.error { throw error }
  return result.names[0].value
}

/// The value of a name after code has run.
package func value(of name: String, after code: String) throws -> Value {
  let result = result(of: code)
  if let error = result.error { throw error }
  guard let named = result.names.first(where: { $0.name == name }) else {
    throw Diagnostic("\(name) was not defined")
  }
  return named.value
}

/// The error of code; nil if it runs.
package func cellError(of code: String) -> Diagnostic? { result(of: code).error }

/// What code shows as text, one string per output.
package func text(of code: String) throws -> [String] {
  let result = result(of: code)
  if let error = result.error { throw error }
  return result.outputs.map { output in
    if case .text(let text) = output { text } else { "\(output)" }
  }
}

/// The syntax tree of code that has no syntax error.
package func parsed(_ code: String) throws -> Program { try Program(parsing: code) }
