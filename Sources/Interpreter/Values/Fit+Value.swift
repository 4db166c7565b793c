import Compute
import Messages
import NeuralNetworks

extension Fit {
  /// The value of an attribute; nil if there is no such attribute.
  func attribute(_ name: String) -> Value? {
    switch name {
    case "history": .array(NDArray(history.values))
    case "test_history": .array(NDArray(testHistory.values))
    case "test_accuracy": .array(NDArray(testAccuracy.values))
    case "seconds": .float(seconds)
    case "device": .device(device)
    case "model": .model(model)
    case "epochs": .int(epoch)
    case "signals": .int(data.count)
    default: nil
    }
  }

  /// "1,000 epochs, loss 0.034, test accuracy 94 % ± 2, 2.1 s on CPU"
  var summary: String {
    var parts = ["\(Quantity(epoch)) epoch\(epoch == 1 ? "" : "s")"]
    if let loss = history.last { parts.append("loss \(Quantity(loss))") }
    if let accuracy = testAccuracy.last, let test = test {
      parts.append(
        "test accuracy \(Percentage(part: accuracy, of: test.count).withStandardError())")
    }
    let seconds = Quantity((10 * seconds).rounded() / 10, unit: "s")
    parts.append("\(seconds) on \(device.rawValue.uppercased())")
    return parts.joined(separator: ", ")
  }
}
