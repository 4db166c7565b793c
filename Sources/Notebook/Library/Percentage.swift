/// A part of a whole, counted: "94 %", or with its standard error "94 % ± 2".
struct Percentage: CustomStringConvertible {
  /// 0 … 1.
  let part: Double
  /// Of how many.
  let count: Int

  init(_ rightCount: Int, of count: Int) {
    self.init(part: Double(rightCount) / Double(count), of: count)
  }

  init(part: Double, of count: Int) {
    self.part = part
    self.count = count
  }

  var description: String { "\(Quantity((100 * part).rounded())) %" }

  /// With `sqrt(p (1 - p) / n)`: how far another test set of this size would be off, usually.
  var withError: String {
    let error = (part * (1 - part) / Double(count)).squareRoot()
    return "\(description) ± \(Quantity((100 * error).rounded()))"
  }
}
