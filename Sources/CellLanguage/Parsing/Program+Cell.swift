import Messages

extension Program {
  /// The maximum length of a cell in bytes, far more than a readable cell has.
  package static let cellByteLimit = 20_000

  /// The program of a lesson's cell, which is laid out and checked as a student types: its length
  /// is limited.
  package init(parsingCell source: String) throws(Diagnostic) {
    guard source.utf8.count <= Self.cellByteLimit else {
      throw Diagnostic(
        "this cell is too long: it has \(Quantity(source.utf8.count)) bytes, and the limit is "
          + "\(Quantity(Self.cellByteLimit))",
        hint: "split it into several cells; keep data in files and load them")
    }
    try self.init(parsing: source)
  }
}
