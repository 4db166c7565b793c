import CellLanguage

/// What built-ins return, of those that always return the same kind, for the checks that run nothing. A
/// function that is not listed may return anything. BuiltinsTests run an example of each.
extension Builtins {
  static let results: [String: KnownValue] = {
    var results: [String: KnownValue] = [
      "dataset": .value(.dataSet), "train": .value(.fit), "predict": .value(.array),
      "probabilities": .value(.array),
      "split": .tuple([.value(.dataSet), .value(.dataSet)]),
      "waveforms": .tuple([.value(.array), .value(.array)]),
      "wavfile.read": .tuple([.value(.int), .value(.array)]),
      "toggle": .value(.bool), "timeit": .value(.float),
      "str": .value(.string), "list": .value(.list), "tuple": .value(.tuple),
      "range": .value(.range), "zip": .value(.list), "enumerate": .value(.list),
      "sorted": .value(.list), "reversed": .value(.list), "len": .value(.int),
      "int": .value(.int), "float": .value(.float), "bool": .value(.bool),
      "str.split": .value(.list), "str.upper": .value(.string), "str.lower": .value(.string),
      "str.strip": .value(.string), "str.replace": .value(.string), "str.join": .value(.string),
      "array.copy": .value(.array),
    ]
    for name in [
      "np.array", "np.zeros", "np.ones", "np.full", "np.arange", "np.linspace", "np.zeros_like",
      "np.ones_like", "np.concatenate",
      "np.convolve", "np.diff", "np.cumsum", "np.fft.rfft", "np.fft.fft", "np.fft.rfftfreq",
      "signal.firwin", "signal.get_window",
    ] {
      results[name] = .value(.array)
    }
    for name in [
      "torch.tensor", "torch.zeros", "torch.ones", "torch.arange", "torch.linspace", "F.conv1d",
      "F.relu", "F.linear", "F.max_pool1d", "F.cross_entropy",
    ] {
      results[name] = .value(.tensor)
    }
    for builtin in layers + activations { results[builtin.name] = .value(.model) }
    for builtin in optimizers { results[builtin.name] = .value(.optimizer) }
    return results
  }()
}
