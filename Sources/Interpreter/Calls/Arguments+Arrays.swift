import Compute
import Messages

extension Arguments {
  /// The argument as `np.asarray` converts it: arrays unchanged, numbers and nested lists as
  /// arrays.
  /// - Parameter type: the type to convert the elements to, if any.
  package func array(_ name: String, as type: ElementType? = nil) throws -> NDArray {
    do {
      if let type { return try NDArray(nested: self[name], as: type) }
      return try NDArray(nested: self[name])
    } catch let error as Diagnostic {
      throw error.prefixed(by: "\(function): \(name)")
    }
  }

  package func optionalArray(_ name: String) throws -> NDArray? {
    self[name].isNone ? nil : try array(name)
  }

  /// An array or a tensor to draw or play; matplotlib accepts both.
  package func drawnArray(_ name: String) throws -> NDArray {
    if case .tensor(let tensor) = self[name] { return tensor.array }
    return try array(name)
  }

  /// An argument with one axis, as real numbers.
  package func signal(_ name: String) throws -> [Double] {
    let array = try drawnArray(name)
    guard array.shape.count == 1 else {
      throw error(
        name,
        "must have one axis, but its shape is \(NDArray.describe(shape: array.shape))",
        hint: array.shape.count == 2 ? "pick a channel, as in \(name)[:, 0]" : nil)
    }
    guard array.type != .complex128 else {
      throw error(name, "must be real", hint: "use np.abs, np.real or np.angle")
    }
    return try array.doubles
  }

  package func optionalSignal(_ name: String) throws -> [Double]? {
    self[name].isNone ? nil : try signal(name)
  }

  /// A list of arrays, as `np.concatenate` takes it.
  package func arrays(_ name: String) throws -> [NDArray] {
    try list(name).map { item in
      do {
        return try NDArray(nested: item)
      } catch let error as Diagnostic {
        throw error.prefixed(by: "\(function): \(name)")
      }
    }
  }
}
