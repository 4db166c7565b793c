/// A proportion of a count, in whole percent: "94 %".
package struct Percentage: CustomStringConvertible {
  /// 0 … 1.
  package let part: Double
  /// The sample size.
  package let count: Int

  package init(_ rightCount: Int, of count: Int) {
    self.init(part: Double(rightCount) / Double(count), of: count)
  }

  package init(part: Double, of count: Int) {
    self.part = part
    self.count = count
  }

  package var description: String { "\(fixed(100 * part, decimals: 0)) %" }

  /// With the standard error `sqrt(p (1 - p) / n)`, the typical difference for another test set of
  /// this size: "94 % ± 2".
  ///
  /// - Parameter plusMinus: the ± of the terminal's charset.
  package func withStandardError(plusMinus: String = "±") -> String {
    let error = (part * (1 - part) / Double(count)).squareRoot()
    return "\(description) \(plusMinus) \(fixed(100 * error, decimals: 0))"
  }
}
