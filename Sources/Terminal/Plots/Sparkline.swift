/// A curve in one row of text, a level for each column: ▁▂▃▄▅▆▇█.
///
/// - Parameter width: the columns it may take; fewer values take fewer columns. Where several values
///   meet in a column, the greatest is shown. What is not finite leaves a blank.
package func sparkline(_ values: [Double], width: Int, charset: Charset = .unicode) -> String {
  let count = min(max(0, width), values.count)
  guard count > 0, let range = finiteRange(of: values) else { return "" }
  let levels = Glyphs(charset).levels
  let span = range.upperBound - range.lowerBound
  return (0..<count).map { column in
    let finite = values[part(column, of: count, in: values.count)].filter(\.isFinite)
    guard let greatest = finite.max() else { return " " }
    // A constant series lies in the middle.
    let level = span > 0 && span.isFinite ? (greatest - range.lowerBound) / span : 0.5
    return levels[min(levels.count - 1, Int(level * Double(levels.count)))]
  }.joined()
}
