import Interpreter

/// The one table of everything that cells can use. It feeds the evaluator, the error messages, the
/// help on a name, completion and docs/cells.md.
///
/// Each file in the folders below holds the rows of one subject. Names, parameters, defaults and
/// results follow Python, NumPy, SciPy and PyTorch as far as each function is implemented.
package enum Builtins {
  /// A group of rows that is not listed here does not exist.
  package static let namespaces = [
    Namespace(
      "Etude", chapters: ["": "Etude"],
      [
        widgets, plots, spectralPlots, images, sounds, tasks, files, timing, dataSets, training,
        networks,
        networkPlots,
      ]),
    Namespace(
      "Python",
      chapters: [
        "": "Python", "str": "String methods", "list": "List methods", "tuple": "Tuple methods",
      ],
      [conversions, numbers, sequences, ordering, printing, stringMethods, listMethods]),
    Namespace(
      "NumPy",
      chapters: [
        "np": "NumPy", "np.fft": "NumPy: Fourier transforms", "array": "Array methods",
        "np.random": "NumPy: random numbers",
        "Generator": "Methods of np.random.default_rng(seed)",
        "RandomState": "Methods of np.random.RandomState(seed)",
      ],
      [
        arrayCreation, arrayShaping, arrayPadding, arraySorting, arrayProducts, differences,
        arrayTypes, elementFunctions, elementOperations, reductions, statistics, fourier,
        arrayMethods, randomGenerators, randomChoices,
      ],
      constants: numPyConstants),
    Namespace(
      "SciPy", chapters: ["signal": "SciPy: signal", "wavfile": "SciPy: wavfile"],
      [
        filters, feedbackFilters, correlation, signalAnalysis, resampling, periodicWaves,
        soundFiles,
      ]),
    Namespace(
      "PyTorch",
      chapters: [
        "torch": "PyTorch", "torch.cuda": "PyTorch: CUDA devices",
        "torch.backends.mps": "PyTorch: MPS devices", "tensor": "Tensor methods",
        "F": "PyTorch: functions of networks", "nn": "PyTorch: layers",
        "optim": "PyTorch: optimisers",
      ],
      [
        tensorCreation, tensorShaping, tensorFunctions, tensorReductions, tensorMethods,
        torchDevices, networkConvolutions, networkFunctions, losses, layers, activations,
        optimizers,
      ],
      constants: torchConstants),
  ]

  package static let all = namespaces.flatMap(\.builtins)

  /// Names that stand for a value.
  package static let constants = Dictionary(
    uniqueKeysWithValues: namespaces.flatMap { Array($0.constants) })

  /// Two rows: NumPy's function, and the method of arrays with the same parameters.
  static func functionAndMethod(
    _ name: String, _ parameters: [Parameter], _ summary: String,
    call: @escaping @Sendable (inout Call) throws -> Value
  ) -> [Builtin] {
    ["np", "array"].map { Builtin("\($0).\(name)", parameters, summary, call: call) }
  }
}

extension Vocabulary {
  /// Everything that cells can use.
  package static let standard = Vocabulary(
    builtins: Builtins.all, constants: Builtins.constants, results: Builtins.results)
}

extension Parameter {
  /// An optional parameter: its default is None.
  static func optional(_ name: String, note: String? = nil) -> Parameter {
    Parameter(name, default: Value.none, note: note)
  }

  /// An optional keyword-only parameter: its default is None.
  static func optionalKeyword(_ name: String, note: String? = nil) -> Parameter {
    Parameter(name, kind: .keywordOnly, default: Value.none, note: note)
  }
}
