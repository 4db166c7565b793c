import Compute
import Concurrency
import Interpreter
import Messages
import NeuralNetworks

/// Examples to learn from.
extension Builtins {
  static let dataSets: [Builtin] = [
    Builtin(
      "waveforms",
      [
        Parameter("count", default: .int(200), note: "waves per class"),
        Parameter("length", default: .int(128), note: "samples per wave"),
        Parameter("fs", default: .int(128), note: "the sample rate in Hz"),
        Parameter("noise", default: .float(0.05), note: "its standard deviation"),
        Parameter(
          "freq", default: .tuple([.int(1), .int(10)]),
          note: "the range that it is drawn from, in Hz"),
        Parameter(
          "phase", default: .tuple([.int(0), .float(2 * .pi)]),
          note: "the range that it is drawn from, in radians"),
        Parameter(
          "shift", default: .int(0), note: "samples by which each wave is shifted left"),
        Parameter("seed", default: .int(0), note: "for NumPy's random numbers"),
      ],
      """
      Sines, triangles and squares as (X, y): X of shape (3 count, length), and their classes 0, 1 \
      and 2. Each has a random frequency, an amplitude from 0.5 to 1.5, a random phase, and noise. \
      The same seed gives the same waves.
      """
    ) { call in
      var waveforms = Waveforms()
      waveforms.count = try call.arguments.int("count")
      waveforms.length = try call.arguments.int("length")
      waveforms.sampleRate = try call.arguments.double("fs")
      waveforms.noise = try call.arguments.double("noise")
      waveforms.frequency = try interval("freq", call)
      waveforms.phase = try interval("phase", call)
      waveforms.shift = try call.arguments.double("shift")
      waveforms.seed = try seed(call)
      for name in ["count", "length"] where try call.arguments.int(name) < 1 {
        throw call.arguments.error(name, "must be at least 1")
      }
      try call.context.reserve(shape: [3, waveforms.count, waveforms.length], type: .float64)
      let (inputs, labels) = try waveforms.generated()
      return .tuple([.array(inputs), .array(labels)])
    },

    Builtin(
      "dataset",
      [
        Parameter("X", note: "signals: (count, length) or (count, channels, length)"),
        Parameter("y", note: "the class of each signal: 0, 1, …"),
        .optionalKeyword("classes", note: "a name for each class, for tables and pictures"),
      ],
      """
      Signals with their classes, for train. data.X and data.y return them, data[i] is one signal \
      and its class, len(data) is their number.
      """
    ) { call in
      let (inputs, sampleShape) = try signals(of: call.arguments.array("X"), "X", call)
      let labels = try call.arguments.array("y")
      guard labels.shape.count == 1, labels.type.isInteger else {
        throw call.arguments.error("y", "must be a list of whole numbers, the classes")
      }
      let count = inputs.count / sampleShape.reduce(1, *)
      guard labels.count == count else {
        throw call.arguments.error(
          "y", "must have one class for each of the \(count) signals, but has \(labels.count)")
      }
      let classes = try labels.values(as: Int.self)
      guard classes.allSatisfy({ (0..<1000).contains($0) }) else {
        throw call.arguments.error("y", "must number the classes from 0, up to 999")
      }
      var data = DataSet(inputs: inputs, sampleShape: sampleShape, labels: classes)
      data.classNames = try call.arguments.optionalStrings("classes")
      if let names = data.classNames, names.count < data.classCount {
        throw call.arguments.error(
          "classes",
          "must be at least \(data.classCount), one for each class, but there are \(names.count)")
      }
      return .dataSet(data)
    },

    Builtin(
      "split",
      [
        Parameter("data"),
        Parameter("fraction", default: .float(0.8), note: "of the signals, in the first set"),
        Parameter("seed", default: .int(0), note: "for PyTorch's random numbers"),
      ],
      """
      Two random parts of a data set, for training and testing: train_data, test_data = \
      split(data, 0.8). Like torch.manual_seed(seed) and random_split; training continues with the \
      same random numbers, so one seed determines the whole run.
      """
    ) { call in
      let data = try dataSet("data", call)
      let fraction = try call.arguments.double("fraction")
      guard fraction > 0, fraction < 1 else {
        throw call.arguments.error("fraction", "must be between 0 and 1")
      }
      try Budget.reserve(Double(data.byteCount), for: "the two parts of this data set")
      let (train, test) = try data.split(fraction: fraction, seed: try seed(call))
      guard train.count > 0, test.count > 0 else {
        throw call.arguments.error(
          "data", "has \(data.count) signals, too few for this fraction")
      }
      return .tuple([.dataSet(train), .dataSet(test)])
    },
  ]

  // MARK: Arguments

  static func dataSet(_ name: String, _ call: Call) throws -> DataSet {
    guard case .dataSet(let data) = call.arguments[name] else {
      throw call.arguments.error(
        name, "must be a data set, not '\(call.arguments[name].typeName)'",
        hint: "make one with dataset(X, y)")
    }
    return data
  }

  /// A network's input: a data set, or an array of signals, whose classes are unknown and set to 0.
  static func inputs(_ name: String, _ call: Call) throws -> DataSet {
    if case .dataSet(let data) = call.arguments[name] { return data }
    let (array, sampleShape) = try signals(of: call.arguments.array(name), name, call)
    return DataSet(
      inputs: array, sampleShape: sampleShape,
      labels: [Int](repeating: 0, count: array.count / sampleShape.reduce(1, *)))
  }

  private static func signals(
    of array: NDArray, _ name: String, _ call: Call
  ) throws -> (array: [Float], sampleShape: [Int]) {
    guard (2...3).contains(array.shape.count), array.type != .complex128 else {
      throw call.arguments.error(
        name,
        "must be real signals, (count, length) or (count, channels, length), but its shape is "
          + NDArray.describe(shape: array.shape),
        hint: array.shape.count == 1 ? "for one signal x, use x[None]" : nil)
    }
    guard array.count > 0 else { throw call.arguments.error(name, "is empty") }
    let sampleShape = array.shape.count == 2 ? [1, array.shape[1]] : Array(array.shape[1...])
    // The signals, and their classes.
    try Budget.reserve(
      4 * Double(array.count) + 8 * Double(array.shape[0]),
      for: "a data set of \(Quantity(array.shape[0])) signals")
    return (try array.values(as: Float.self), sampleShape)
  }

  private static func interval(_ name: String, _ call: Call) throws -> Waveforms.Interval {
    let items = try call.arguments.list(name)
    let bounds = items.compactMap(\.realNumber)
    guard items.count == 2, bounds.count == 2, bounds[0] <= bounds[1] else {
      throw call.arguments.error(name, "must be (lowest, highest)")
    }
    return Waveforms.Interval(bounds[0], bounds[1])
  }

  static func seed(_ call: Call) throws -> UInt32 {
    guard let seed = UInt32(exactly: try call.arguments.int("seed")) else {
      throw call.arguments.error("seed", "must be between 0 and 2**32 - 1")
    }
    return seed
  }
}
