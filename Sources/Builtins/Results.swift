import CellLanguage
import Interpreter

/// What built-ins return, of those of which something is known, for the checks that run nothing. A function
/// that is not listed may return anything. SignaturesTests run an example of each.
extension Builtins {
  static let results: [String: KnownResult] = {
    var results: [String: KnownResult] = [:]
    let arrays =
      arrayCreation + arrayShaping + arrayPadding + arraySorting + arrayProducts + differences
      + arrayTypes + elementFunctions + elementOperations + reductions + statistics + fourier
      + arrayMethods + filters + feedbackFilters + correlation + signalAnalysis + resampling
      + periodicWaves
    for builtin in arrays { results[builtin.name] = .always(.value(.array)) }
    let tensors =
      tensorCreation + tensorShaping + tensorFunctions + tensorReductions + tensorMethods
      + networkConvolutions + networkFunctions + losses
    for builtin in tensors { results[builtin.name] = .always(.value(.tensor)) }
    for builtin in layers + activations { results[builtin.name] = .always(.value(.model)) }
    for builtin in optimizers { results[builtin.name] = .always(.value(.optimizer)) }
    for name in unknown { results[name] = nil }
    for (kind, names) in kinds {
      for name in names { results[name] = .always(.value(kind)) }
    }
    results.merge(others) { _, other in other }
    return results
  }()

  /// Which depend on more than the rules below say.
  private static let unknown = ["np.where", "array.tolist", "array.item", "tensor.tolist"]

  private static let kinds: [ValueKind: [String]] = [
    .none: [
      "plot", "stem", "response", "spectrum", "spectrogram", "image", "play", "table", "print",
    ],
    .bool: [
      "toggle", "bool", "any", "all", "str.startswith", "str.endswith", "np.allclose",
      "torch.allclose", "torch.equal", "torch.is_tensor", "tensor.allclose", "tensor.equal",
      "torch.cuda.is_available", "torch.backends.mps.is_available",
    ],
    .int: [
      "len", "int", "parameters", "questions_answered", "questions_right", "tasks_done",
      "tasks_total", "str.count", "list.count", "list.index", "tuple.count", "tuple.index",
      "torch.numel", "tensor.numel", "tensor.dim",
    ],
    .float: ["float", "timeit", "accuracy"],
    .string: [
      "str", "str.upper", "str.lower", "str.strip", "str.lstrip", "str.rstrip", "str.replace",
      "str.join", "choose_device",
    ],
    .list: ["list", "zip", "enumerate", "sorted", "reversed", "str.split", "list.copy"],
    .tuple: ["tuple", "array.nonzero"], .range: ["range"],
    .array: ["predict", "probabilities", "tensor.numpy"],
    .device: ["torch.device"], .criterion: ["nn.CrossEntropyLoss"],
    .dataSet: ["dataset"], .fit: ["train"],
    .generator: ["np.random.default_rng"], .randomState: ["np.random.RandomState"],
  ]

  private static let others: [String: KnownResult] = {
    let array = KnownValue.value(.array)
    let tensor = KnownValue.value(.tensor)
    let state = KnownResult.given("zi", .tuple([array, array]), otherwise: array)
    let extreme = KnownResult.given("dim", nil, otherwise: tensor)
    var results: [String: KnownResult] = [
      "slider": .number(of: ["start", "stop", "step", "value"]), "choice": .item(of: "options"),
      "round": .given("ndigits", nil, otherwise: .value(.int)), "tensor.item": .always(.number),
      "split": .always(.tuple([.value(.dataSet), .value(.dataSet)])),
      "waveforms": .always(.tuple([array, array])),
      "wavfile.read": .always(.tuple([.value(.int), array])),
      "np.histogram": .always(.tuple([array, array])),
      "signal.butter": .option(
        "output", default: "ba",
        [
          "ba": .tuple([array, array]), "sos": array,
          "zpk": .tuple([array, array, .value(.float)]),
        ]),
      "signal.freqz": .always(.tuple([array, array])),
      "signal.find_peaks": .always(.tuple([array, .value(.dictionary)])),
      "signal.stft": .always(.tuple([array, array, array])),
      "signal.lfilter": state, "signal.sosfilt": state,
      "torch.max": extreme, "torch.min": extreme, "tensor.max": extreme, "tensor.min": extreme,
      "tensor.size": .given("dim", .value(.int), otherwise: .value(.tensorShape)),
    ]
    // One number is a Python number of its kind.
    for builtin in randomGenerators + randomChoices
    where builtin.parameters.contains(
      where: { ["size", "d"].contains($0.name) })
    {
      let size = builtin.parameters.contains { $0.name == "d" } ? "d" : "size"
      results[builtin.name] = .given(size, array, otherwise: nil)
    }
    return results
  }()
}
