import Messages

/// The memory and time that a running cell may still use.
package struct Budget: Sendable {
  /// The limit for all values together.
  package static let byteLimit = 1 << 30
  /// The limit for the run of a cell.
  package static let secondLimit = 10.0

  /// The values of all names, this cell's and other cells'.
  package var liveBytes: Int
  /// The intermediate values of the current expression: items of a list, operands.
  package var heldBytes = 0
  private var deadline: Double
  private var checksUntilClock = 0

  package init(liveBytes: Int = 0, seconds: Double = Budget.secondLimit) {
    self.liveBytes = liveBytes
    deadline = Clock.now() + seconds
  }

  /// - Parameters:
  ///   - bytes: as a float, so that no product of sizes overflows.
  ///   - item: what the memory is for, as a noun: "a list of 1000000000000 items".
  package func reserve(_ bytes: Double, for item: @autoclosure () -> String) throws(Diagnostic) {
    let used = Double(liveBytes + heldBytes)
    guard used + bytes > Double(Self.byteLimit) else { return }
    let size = Quantity(bytes: bytes)
    // The value already exists and is included in `used`.
    if bytes == 0 {
      throw Diagnostic(
        "with \(item()), \(Quantity(bytes: used)) would be in use; 1 GiB is allowed",
        hint: "make it smaller")
    }
    throw Diagnostic(
      used < 0.01 * Double(Self.byteLimit)
        ? "\(item()) would take \(size); 1 GiB is allowed"
        : "\(item()) would take \(size), and \(Quantity(bytes: used)) of the 1 GiB "
          + "allowed is in use",
      hint: "make it smaller")
  }

  /// Gives the cell more time, for work that is exempt from the limit.
  package mutating func extend(by seconds: Double) { deadline += seconds }

  /// - Parameter atOnce: reads the clock now; else every 64th call reads it.
  /// - Throws: when the cell has run too long.
  package mutating func checkTime(atOnce: Bool = false) throws(Diagnostic) {
    checksUntilClock -= 1
    guard atOnce || checksUntilClock <= 0 else { return }
    checksUntilClock = 64
    guard Clock.now() < deadline else {
      throw Diagnostic(
        "the cell ran for more than \(Int(Self.secondLimit)) seconds and was stopped",
        hint: "reduce its work, or use NumPy's functions instead of a long comprehension")
    }
  }
}
