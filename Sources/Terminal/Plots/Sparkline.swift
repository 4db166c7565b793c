/// A curve in one row of text, one level per column: ▁▂▃▄▅▆▇█.
///
/// - Parameter width: the maximum number of columns; fewer values take fewer columns. A column that
///   covers several values shows their maximum. Non-finite values leave a blank.
package func sparkline(_ values: [Double], width: Int, charset: Charset = .unicode) -> String {
  let count = min(max(0, width), values.count)
  guard count > 0, let range = finiteRange(of: values) else { return "" }
  let levels = Glyphs(charset).levels
  let span = range.upperBound - range.lowerBound
  return (0..<count).map { column in
    let finite = values[bin(column, of: count, over: values.count)].filter(\.isFinite)
    guard let maximum = finite.max() else { return " " }
    // A constant series is drawn at mid-height.
    let level = span > 0 && span.isFinite ? (maximum - range.lowerBound) / span : 0.5
    return levels[min(levels.count - 1, Int(level * Double(levels.count)))]
  }.joined()
}
