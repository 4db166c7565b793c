import Messages

extension Value {
  /// Copies the elements of tensors from their devices, so that reading them cannot fail from then on.
  ///
  /// - Throws: when a device has lost them.
  func fetch() throws(Diagnostic) {
    switch self {
    case .tensor(let tensor): _ = try tensor.array.fetched()
    case .list(let items), .tuple(let items): for item in items { try item.fetch() }
    default: break
    }
  }
}
