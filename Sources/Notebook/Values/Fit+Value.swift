import Compute
import NeuralNetworks

extension Fit {
  static let attributeNames = [
    "history", "test_history", "test_accuracy", "seconds", "device", "model", "epochs",
  ]

  /// What is read without a call; nil when a fit has no such attribute.
  func attribute(_ name: String) -> Value? {
    switch name {
    case "history": .array(NDArray(training.history))
    case "test_history": .array(NDArray(training.testHistory))
    case "test_accuracy": .array(NDArray(training.testAccuracy))
    case "seconds": .float(seconds)
    case "device": .device(device)
    case "model": .model(training.model)
    case "epochs": .int(training.epoch)
    default: nil
    }
  }

  /// "1,000 epochs, loss 0.034, test accuracy 94 % ± 2, 2.1 s on CPU"
  var summary: String {
    var parts = ["\(Quantity(training.epoch)) epoch\(training.epoch == 1 ? "" : "s")"]
    if let loss = training.history.last { parts.append("loss \(Quantity(loss))") }
    if let accuracy = training.testAccuracy.last, let test = training.test {
      parts.append("test accuracy \(Percentage(part: accuracy, of: test.count).withError)")
    }
    let seconds = Quantity((10 * seconds).rounded() / 10, unit: "s")
    parts.append("\(seconds) on \(device.rawValue.uppercased())")
    return parts.joined(separator: ", ")
  }
}
