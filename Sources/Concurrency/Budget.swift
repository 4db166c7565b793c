import Messages

/// What a running cell may still use: memory for values, and time.
package struct Budget: Sendable {
  /// The most bytes that all values together may take.
  package static let byteLimit = 1 << 30
  /// How long a cell may run.
  package static let secondLimit = 10.0

  /// The values of other cells and this one's own names.
  package var liveBytes: Int
  /// What the expression under way has made so far: items of a list, operands.
  package var heldBytes = 0
  private var deadline: Double
  private var checksUntilClock = 0

  package init(liveBytes: Int = 0, seconds: Double = Budget.secondLimit) {
    self.liveBytes = liveBytes
    deadline = Clock.now() + seconds
  }

  /// - Parameters:
  ///   - bytes: as a float, so that no product of sizes overflows.
  ///   - wish: what was asked for, as a noun: "a list of 1000000000000 items".
  package func reserve(_ bytes: Double, for wish: @autoclosure () -> String) throws(Diagnostic) {
    let used = Double(liveBytes + heldBytes)
    guard used + bytes > Double(Self.byteLimit) else { return }
    let size = Quantity(bytes: bytes)
    // The value exists already, and is counted in what is used.
    if bytes == 0 {
      throw Diagnostic(
        "with \(wish()), \(Quantity(bytes: used)) would be in use; 1 GiB is allowed",
        hint: "make it smaller")
    }
    throw Diagnostic(
      used < 0.01 * Double(Self.byteLimit)
        ? "\(wish()) would take \(size); 1 GiB is allowed"
        : "\(wish()) would take \(size), and \(Quantity(bytes: used)) of the 1 GiB "
          + "allowed is in use",
      hint: "make it smaller")
  }

  /// Gives the cell more time: as much as something took that is not limited.
  package mutating func extend(by seconds: Double) { deadline += seconds }

  /// - Parameter atOnce: read the clock now; else it is read at every 64th call.
  /// - Throws: when the cell has run for too long.
  package mutating func checkTime(atOnce: Bool = false) throws(Diagnostic) {
    checksUntilClock -= 1
    guard atOnce || checksUntilClock <= 0 else { return }
    checksUntilClock = 64
    guard Clock.now() < deadline else {
      throw Diagnostic(
        "the cell ran for more than \(Int(Self.secondLimit)) seconds and was stopped",
        hint: "let it do less, or use NumPy's functions instead of a long comprehension")
    }
  }
}
