import Compute

extension Value {
  /// The most bytes of text that a list or a tuple is written out to.
  private static let textLimit = 16 << 20

  /// What `print` shows.
  ///
  /// - Throws: as `checkTextLength`.
  func printedText() throws -> String {
    try checkTextLength()
    return str
  }

  /// - Throws: for lists so long that writing them out would take seconds, and nobody would read
  ///   them.
  func checkTextLength() throws {
    switch self {
    case .list, .tuple:
      guard estimatedTextLength <= Self.textLimit else {
        throw CellError(
          "this '\(typeName)' is too long to write out: about "
            + "\(NDArray.describe(byteCount: Double(estimatedTextLength))); 16 MiB are allowed",
          mend: "show a part of it, as in x[:10]")
      }
    default: break
    }
  }

  /// About how many bytes the value's text has; linear in the length of lists.
  private var estimatedTextLength: Int {
    switch self {
    case .string(let text): text.utf8.count
    case .list(let items), .tuple(let items): items.reduce(0) { $0 + 2 + $1.estimatedTextLength }
    // NumPy writes out a thousand elements at most.
    case .array(let array): 10 * min(array.count, 1000)
    case .none, .bool, .int, .float, .range, .elementType, .function, .module: 8
    }
  }
}
