import Compute
import Messages
import NeuralNetworks

extension DataSet {
  /// The value of an attribute; nil if there is no such attribute.
  func attribute(_ name: String) -> Value? {
    switch name {
    // As in PyTorch: (count, channels, length).
    case "X": .array(NDArray(shape: [count] + sampleShape, values: inputs))
    case "y": .array(NDArray(labels))
    default: nil
    }
  }

  /// One signal and its class.
  func item(_ index: Int) -> Value {
    let size = sampleShape.reduce(1, *)
    let signal = Array(inputs[(index * size)..<((index + 1) * size)])
    return .tuple([.array(NDArray(shape: sampleShape, values: signal)), .int(labels[index])])
  }

  /// "480 signals of shape (1, 128) in 3 classes"; classes without a signal do not count.
  var summary: String {
    let classCount = Set(labels).count
    return "\(Quantity(count)) signal\(count == 1 ? "" : "s") of shape "
      + "\(NDArray.describe(shape: sampleShape)) in \(classCount) "
      + "class\(classCount == 1 ? "" : "es")"
  }
}
