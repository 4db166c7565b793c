import Compute

/// One call of a built-in: its arguments, bound to the parameters, and what it may use.
package struct Call {
  package let builtin: Builtin
  package let arguments: Arguments
  /// What the running cell may use: budget, files, outputs, widget values.
  package var context: CellContext

  package init(builtin: Builtin, arguments: Arguments, context: CellContext) {
    self.builtin = builtin
    self.arguments = arguments
    self.context = context
  }

  /// The device that an argument names; the session's for None.
  ///
  /// - Throws: for one that cannot be used, with the reason.
  package func device(_ name: String) throws -> DeviceKind {
    arguments[name].isNone ? context.device : try arguments.device(name)
  }
}
