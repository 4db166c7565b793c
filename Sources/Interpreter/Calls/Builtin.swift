import CellLanguage

/// A function of the cell language: one row of the table that feeds the evaluator, the error
/// messages, the help on a name, completion and docs/cells.md.
package struct Builtin: Sendable {
  /// The full name as cells write it: "np.convolve", "len", "slider", "array.sum".
  package var name: String
  package var parameters: [Parameter]
  /// A paragraph for the student, ending in a full stop.
  package var summary: String
  package var call: @Sendable (inout Call) throws -> Value
  /// Whether the call changes its first argument, which must be a name of the running cell: the name is
  /// given the result, and the call's own value is None.
  package var changesArgument = false
  /// What a method holds of the value that it is bound to.
  var heldByteCount = 0

  package init(
    _ name: String, _ parameters: [Parameter], _ summary: String,
    call: @escaping @Sendable (inout Call) throws -> Value
  ) {
    self.name = name
    self.parameters = parameters
    self.summary = summary
    self.call = call
  }

  package var signature: Signature { Signature(name, parameters.map(\.signature)) }
}

package struct Parameter: Sendable {
  package typealias Kind = Signature.Parameter.Kind

  package var name: String
  /// The value of a variadic parameter is a list; that of `**kwargs` is a list of (name, value)
  /// tuples.
  package var kind: Kind
  /// Nil when the argument is required.
  package var defaultValue: Value?
  /// The unit or the meaning in a few words: "Hz", "samples", "odd".
  package var note: String?

  package init(
    _ name: String, kind: Kind = .positional, default defaultValue: Value? = nil,
    note: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.note = note
  }

  var signature: Signature.Parameter {
    Signature.Parameter(name, kind: kind, default: defaultValue?.repr)
  }
}

/// A namespace of built-ins and constants: `np`, `np.fft`, `signal`.
package struct Module: Sendable {
  package var name: String
  package init(name: String) { self.name = name }
}
