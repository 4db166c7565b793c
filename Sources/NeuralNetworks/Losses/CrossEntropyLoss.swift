import Compute
import Messages

/// PyTorch's `nn.CrossEntropyLoss`: what a training minimises.
package struct CrossEntropyLoss: Hashable, Sendable {
  /// How much each class counts; all the same when nil. A mean is divided by the sum of the weights of
  /// the samples' labels.
  package var weight: [Float]?
  /// The part of each target that is spread over all classes.
  package var labelSmoothing: Double

  package init(weight: [Float]? = nil, labelSmoothing: Double = 0) {
    self.weight = weight
    self.labelSmoothing = labelSmoothing
  }

  /// - Throws: when a number makes no sense; says which, and what it may be.
  package func check() throws(Diagnostic) {
    if let wrong = weight?.first(where: { !($0 >= 0 && $0.isFinite) }) {
      throw Diagnostic("weight has \(wrong), but a class counts 0 or more, a finite number")
    }
    guard labelSmoothing >= 0, labelSmoothing <= 1 else {
      throw Diagnostic(
        "label_smoothing is \(text(labelSmoothing)), but must be between 0 and 1",
        hint: "0.1 is usual")
    }
  }

  /// - Throws: when it does not fit a network with so many outputs, or no sample counts.
  func check(classes: Int, of data: DataSet, named name: String) throws(Diagnostic) {
    guard let weight else { return }
    guard weight.count == classes else {
      throw Diagnostic(
        "the criterion has \(weight.count) \(weight.count == 1 ? "weight" : "weights"), and the "
          + "network ends with \(classes) \(classes == 1 ? "value" : "values")",
        hint: "give one weight for each class")
    }
    guard data.labels.contains(where: { weight[$0] > 0 }) else {
      throw Diagnostic("\(name) has no sample whose class has a weight above 0")
    }
  }

  /// - Precondition: there is a weight for each class, if any.
  func targets(classes: Int) -> CrossEntropyTargets {
    CrossEntropyTargets(
      classes: classes, weights: weight?.map { Double($0) }, labelSmoothing: labelSmoothing)
  }

  /// With what differs from PyTorch's defaults, in words; empty when nothing does.
  var title: String {
    let parts =
      (weight == nil ? [] : ["weighted classes"])
      + (labelSmoothing == 0 ? [] : ["label smoothing \(Quantity(labelSmoothing))"])
    return parts.joined(separator: ", ")
  }

  /// As one would write it in a cell.
  package var code: String {
    // As doubles, since what is read back becomes the same float32.
    let numbers = weight.map { $0.map { "\(Double($0))" }.joined(separator: ", ") }
    let options =
      (numbers.map { ["weight=torch.tensor([\($0)])"] } ?? [])
      + (labelSmoothing == 0 ? [] : ["label_smoothing=\(labelSmoothing)"])
    return "nn.CrossEntropyLoss(\(options.joined(separator: ", ")))"
  }
}
