import Compute
import Interpreter

/// The one table of everything that cells can use beyond Python's own functions. It feeds the
/// evaluator, the error texts, the help on a name, completion and docs/cells.md.
///
/// Each file of this folder holds the rows of one subject. Names, parameters, defaults and results
/// are those of NumPy, SciPy and PyTorch, as far as the function goes.
package enum Builtins {
  package static let all: [Builtin] =
    arrayCreation + arrayShaping + arrayTypes + elementFunctions + elementOperations + reductions
    + fourier + arrayMethods + signals + waveforms + soundFiles + widgets + plots + spectralPlots
    + sounds + tasks
    + files + timing + layers + activations + optimizers + dataSets + training + networks
    + networkPlots
    + tensorCreation + tensorShaping + tensorFunctions + tensorReductions + tensorMethods
    + torchDevices + networkConvolutions + networkFunctions

  /// Names that stand for a value.
  package static let constants: [String: Value] = [
    "np.pi": .float(.pi),
    "np.e": .float(2.718281828459045),
    "np.inf": .float(.infinity),
    "np.nan": .float(.nan),
    "np.newaxis": .none,
  ].merging(torchConstants) { first, _ in first }

  /// Two rows: NumPy's function, and the method of arrays with the same parameters.
  static func functionAndMethod(
    _ name: String, _ parameters: [Parameter], _ summary: String,
    call: @escaping @Sendable (inout Call) throws -> Value
  ) -> [Builtin] {
    ["np", "array"].map { Builtin("\($0).\(name)", parameters, summary, call: call) }
  }
}

extension Parameter {
  /// A parameter that may be left out: its default is None.
  static func optional(_ name: String, note: String? = nil) -> Parameter {
    Parameter(name, default: Value.none, note: note)
  }

  /// A parameter by keyword only that may be left out: its default is None.
  static func optionalKeyword(_ name: String, note: String? = nil) -> Parameter {
    Parameter(name, kind: .keywordOnly, default: Value.none, note: note)
  }
}
