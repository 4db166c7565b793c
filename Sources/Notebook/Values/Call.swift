import CellLanguage

/// The arguments of one call, bound to the parameters of its built-in, and what the call may touch.
package struct Call {
  package let builtin: Builtin
  /// By parameter name, defaults filled in; a variadic parameter holds a list.
  package let arguments: [String: Value]
  /// What the running cell may use: budget, files, outputs, widget values.
  package var context: CellContext
}
