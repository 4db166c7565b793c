import Compute

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
    deadline = MonotonicClock.seconds() + seconds
  }

  /// - Parameters:
  ///   - bytes: as a float, so that no product of sizes overflows.
  ///   - wish: what was asked for, as a noun: "a list of 1000000000000 items".
  package func reserve(_ bytes: Double, for wish: @autoclosure () -> String) throws {
    let used = Double(liveBytes + heldBytes)
    guard used + bytes > Double(Self.byteLimit) else { return }
    let size = NDArray.describe(byteCount: bytes)
    // What exists already: the question comes after the making.
    if bytes == 0 {
      throw CellError(
        "with \(wish()), \(NDArray.describe(byteCount: used)) would be in use; 1 GiB is allowed",
        mend: "make it smaller")
    }
    throw CellError(
      used < 0.01 * Double(Self.byteLimit)
        ? "\(wish()) would take \(size); 1 GiB is allowed"
        : "\(wish()) would take \(size), and \(NDArray.describe(byteCount: used)) of the 1 GiB "
          + "allowed is in use",
      mend: "make it smaller")
  }

  /// Gives the cell more time, as much as something took that is not limited.
  mutating func extend(by seconds: Double) { deadline += seconds }

  /// - Parameter atOnce: look at the clock, not only now and then.
  /// - Throws: when the cell has run for too long.
  package mutating func checkTime(atOnce: Bool = false) throws {
    checksUntilClock -= 1
    guard atOnce || checksUntilClock <= 0 else { return }
    checksUntilClock = 64
    guard MonotonicClock.seconds() < deadline else {
      throw CellError(
        "the cell ran for more than \(Int(Self.secondLimit)) seconds and was stopped",
        mend: "let it do less, or use NumPy's functions instead of a long comprehension")
    }
  }
}
