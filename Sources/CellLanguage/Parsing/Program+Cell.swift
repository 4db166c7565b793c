import Messages

extension Program {
  /// The maximum length of a cell in bytes, far more than a readable cell has.
  package static let cellByteLimit = 20_000

  /// The program of a lesson's cell, which is laid out and checked as a student types: its length
  /// is limited.
  package init(
    readingCell source: String, faultLimit limit: Int = 25
  ) throws(SyntaxFaults) {
    guard source.utf8.count <= Self.cellByteLimit else {
      throw SyntaxFaults(
        Diagnostic(
          "this cell is too long: it has \(Quantity(source.utf8.count)) bytes, and the limit is "
            + "\(Quantity(Self.cellByteLimit))",
          hint: "split it into several cells; keep data in files and load them"),
        unreadable: [source])
    }
    try self.init(reading: source, faultLimit: limit)
  }

  /// As ``init(readingCell:)``.
  /// - Throws: the first error.
  package init(parsingCell source: String) throws(Diagnostic) {
    do throws(SyntaxFaults) {
      try self.init(readingCell: source, faultLimit: 1)
    } catch {
      throw error.first
    }
  }
}
