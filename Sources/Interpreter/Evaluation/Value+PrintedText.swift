import Compute
import Messages

extension Value {
  /// The most bytes of text that a list or a tuple is written out to.
  private static let textLimit = 16 << 20

  /// What `print` shows.
  ///
  /// - Throws: as `checkTextLength`.
  package func printedText() throws -> String {
    try checkTextLength()
    return str
  }

  /// - Throws: for lists so long that writing them out would take seconds, and nobody would read
  ///   them.
  func checkTextLength() throws {
    switch self {
    case .list, .tuple:
      var length = 0
      addTextLength(to: &length)
      guard length <= Self.textLimit else {
        throw Diagnostic(
          "this '\(typeName)' is too long to write out; 16 MiB of text are allowed",
          hint: "show a part of it, as in x[:10]")
      }
    default: break
    }
  }

  /// Adds about how many bytes the value's text has, as far as ``textLimit``: lists may hold one
  /// another a million times over.
  private func addTextLength(to total: inout Int) {
    switch self {
    case .string(let text): total += text.utf8.count
    case .list(let items), .tuple(let items):
      for item in items {
        guard total <= Self.textLimit else { return }
        total += 2
        item.addTextLength(to: &total)
      }
    // NumPy writes out a thousand elements at most.
    case .array(let array): total += 10 * min(array.count, 1000)
    case .tensor(let tensor): total += 10 * min(tensor.array.count, 1000)
    case .none, .bool, .int, .float, .range, .elementType, .tensorType, .tensorShape, .device,
      .optimizer, .dataSet, .model,
      .fit, .function, .module:
      total += 8
    }
  }
}
