import CellLanguage
import Notebook

/// The value of an expression that stands alone.
func value(of expression: String) throws -> Value {
  let evaluation = Session.evaluate("result = " + expression)
  if let error = evaluation.error { throw error }
  return evaluation.names[0].value
}

/// The value of a name after code has run.
func value(of name: String, after code: String) throws -> Value {
  let evaluation = Session.evaluate(code)
  if let error = evaluation.error { throw error }
  guard let result = evaluation.names.first(where: { $0.name == name }) else {
    throw CellError("\(name) was not defined")
  }
  return result.value
}

/// The error of code that fails; nil when it does not.
func cellError(of code: String) -> CellError? { Session.evaluate(code).error }

/// What code shows as text, an output a line.
func text(of code: String) throws -> [String] {
  let evaluation = Session.evaluate(code)
  if let error = evaluation.error { throw error }
  return evaluation.outputs.map { output in
    if case .text(let text) = output { text } else { "\(output)" }
  }
}

/// The syntax tree of code that has no syntax error.
func parsed(_ code: String) throws -> Program { try Program(parsing: code) }
