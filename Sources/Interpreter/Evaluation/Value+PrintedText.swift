import Compute
import Messages

extension Value {
  /// The maximum length of the text of a list or a tuple, in bytes.
  private static let textLimit = 16 << 20

  /// What `print` shows.
  ///
  /// - Throws: as `checkTextLength`.
  package func printedText() throws -> String {
    try checkTextLength()
    return str
  }

  /// - Throws: for lists whose text would take seconds to write and be too long to read.
  func checkTextLength() throws {
    switch self {
    case .list, .tuple:
      var length = 0
      addTextLength(to: &length)
      guard length <= Self.textLimit else {
        throw Diagnostic(
          "this '\(typeName)' is too long to write out; the limit is 16 MiB of text",
          hint: "show a part of it, as in x[:10]")
      }
    default: break
    }
  }

  /// Adds the approximate length of the value's text in bytes, stopping at ``textLimit``: nested
  /// lists may contain one another a million times.
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
