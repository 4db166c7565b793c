import Curves

/// A curve in one row of text, one level per column: ▁▂▃▄▅▆▇█.
///
/// - Parameter width: the maximum number of columns; fewer values take fewer columns. A column that
///   covers several values shows their maximum. Non-finite values leave a blank.
package func sparkline(_ values: [Double], width: Int, charset: Charset = .unicode) -> String {
  sparkline(Trace(values), width: width, charset: charset)
}

/// The same of a trace; O(width).
///
/// - Parameter isLogarithmic: values that are not above 0 leave a blank.
package func sparkline(
  _ values: Trace, width: Int, isLogarithmic: Bool = false, charset: Charset = .unicode
) -> String {
  let count = min(max(0, width), values.count)
  let lowest = isLogarithmic ? values.extremes.lowPositive : values.extremes.low
  guard count > 0, lowest <= values.extremes.high else { return "" }
  let axis = Axis(exactly: lowest...values.extremes.high, isLogarithmic: isLogarithmic)
  let levels = Glyphs(charset).levels
  return (0..<count).map { column in
    let maximum = values.extremes(in: bin(column, of: count, over: values.count)).high
    guard maximum.isFinite, !isLogarithmic || maximum > 0 else { return " " }
    // A constant series is drawn at mid-height.
    let level = axis?.fraction(of: maximum) ?? 0.5
    return levels[max(0, min(levels.count - 1, Int(level * Double(levels.count))))]
  }.joined()
}
