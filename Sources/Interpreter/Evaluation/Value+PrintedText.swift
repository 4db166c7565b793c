import Compute
import Concurrency
import Messages

extension Value {
  /// The maximum length of text that is written for a value, in bytes.
  private static let textLimit = 4 << 20

  /// What `print` shows.
  ///
  /// - Throws: for values whose text would take seconds to write and be too long to read; and when the cell's time
  ///   is up.
  package func printedText() throws -> String {
    if case .string(let text) = self { return text }
    try Budget.check()
    try checkTextLength()
    return str
  }

  /// The text of an f-string's field: as ``formatted(_:conversion:)``.
  ///
  /// - Throws: also as ``printedText()``.
  func formattedText(_ specification: String, conversion: Character?) throws -> String {
    if case .string(let text) = self, conversion != "r" {
      guard !specification.isEmpty else { return text }
      guard text.utf8.count <= Self.textLimit else { throw tooLong }
    } else {
      try checkTextLength()
    }
    return try formatted(specification, conversion: conversion)
  }

  /// The value as source code, for messages; its type where that would be long.
  package var shortRepr: String {
    var length = 0
    addTextLength(to: &length, limit: 1000)
    return length <= 1000 ? repr : "a \(typeName)"
  }

  /// - Throws: when the value's source code would be too long, ranges written out as JSON does.
  package func checkTextLength(expandingRanges: Bool = false) throws {
    var length = 0
    addTextLength(to: &length, limit: Self.textLimit, expandingRanges: expandingRanges)
    guard length <= Self.textLimit else { throw tooLong }
  }

  private var tooLong: Diagnostic {
    Diagnostic(
      "this '\(typeName)' is too long to write out; the limit is 4 MiB of text",
      hint: "show a part of it, as in x[:10]")
  }

  /// Adds the approximate length of the value's text in bytes, stopping at the limit: nested lists
  /// may contain one another a million times.
  private func addTextLength(to total: inout Int, limit: Int, expandingRanges: Bool = false) {
    switch self {
    case .string(let text): total += text.utf8.count
    case .list(let items), .tuple(let items):
      for item in items {
        guard total <= limit else { return }
        total += 2
        item.addTextLength(to: &total, limit: limit, expandingRanges: expandingRanges)
      }
    case .dictionary(let entries):
      for entry in entries {
        total += 4 + entry.name.utf8.count
        entry.value.addTextLength(to: &total, limit: limit, expandingRanges: expandingRanges)
      }
    case .array(let array): total += Self.textLength(of: array, limit: limit)
    case .tensor(let tensor): total += Self.textLength(of: tensor.array, limit: limit)
    case .range(let start, let stop, let step) where expandingRanges:
      total += 8 * min(limit + 1, PythonRange(start: start, stop: stop, step: step).count)
    case .none, .bool, .int, .float, .range, .elementType, .tensorType, .tensorShape, .device,
      .optimizer, .criterion, .dataSet, .model, .fit, .generator, .function, .module:
      total += 8
    }
  }

  /// Above a thousand elements, NumPy and PyTorch write seven positions of each axis at most. Each row is
  /// indented by its axes.
  private static func textLength(of array: NDArray, limit: Int) -> Int {
    let width = array.type == .complex128 ? 30 : 10
    guard array.count > 1000 else { return width * array.count + 8 }
    let rows = array.shape.dropLast().reduce(1) { min(limit + 1, $0 * min($1, 7)) }
    return rows * (min(array.shape.last ?? 1, 7) * width + array.axisCount)
  }
}
