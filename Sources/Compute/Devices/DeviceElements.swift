import Messages

/// The elements of an array that are in the memory of a device. They never change.
package protocol DeviceElements: AnyObject, Sendable {
  var device: DeviceKind { get }
  var type: ElementType { get }
  var count: Int { get }

  /// The elements in the processor's memory: copied on the first call, and kept.
  ///
  /// - Throws: when the device has failed: the elements are lost.
  func fetch() throws(Diagnostic) -> NDArray.Elements
}

extension NDArray {
  /// The elements on a device; nil when they are in the processor's memory.
  package var deviceElements: (any DeviceElements)? {
    if case .device(let elements) = storage { elements } else { nil }
  }

  /// The array in the processor's memory.
  ///
  /// - Throws: when the device that has it has failed.
  package func fetched() throws(Diagnostic) -> NDArray {
    guard let deviceElements else { return self }
    return NDArray(shape: shape, elements: try deviceElements.fetch())
  }
}
