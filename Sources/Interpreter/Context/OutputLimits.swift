import Messages

/// How much of what a cell makes is shown. What is beyond is left out with a sign that says how
/// much it was: nobody reads a million lines, and laying them out would stop the reader.
///
/// Only for the screen and for pages: `etude eval` prints everything.
package enum OutputLimits {
  /// Of the text that a cell prints in all.
  package static let lines = 1000
  package static let bytes = 50_000
  /// Figures, players and the like; a cell that waits for Enter says so beyond them.
  package static let items = 100
  package static let curves = 100
  package static let tableRows = 1000
  package static let tableColumns = 200
  /// In all cells of a table.
  package static let tableBytes = 100_000
  package static let captionBytes = 300
  package static let sentenceBytes = 2000
}

extension [Output] {
  /// What of it is shown.
  package func limited() -> [Output] {
    var result: [Output] = []
    var text = TextAllowance()
    var itemCount = 0
    var leftOut = 0
    for output in self {
      switch output {
      case .text(let string):
        if let shown = text.take(string) { result.append(.text(shown)) }
      case .widget, .trainer, .permission, .check:
        // What a student can move or answer is never left out.
        result += output.limitedAlone
      default:
        itemCount += 1
        if itemCount <= OutputLimits.items {
          result += output.limitedAlone
        } else {
          leftOut += 1
        }
      }
    }
    if let remark = text.remark { result.append(.text(remark)) }
    if leftOut > 0 { result.append(.text("… \(Quantity(leftOut)) more outputs are not shown")) }
    return result
  }
}

/// The text that a cell may still show.
private struct TextAllowance {
  private var lines = OutputLimits.lines
  private var bytes = OutputLimits.bytes
  private var lineCountLeftOut = 0
  private var byteCountLeftOut = 0

  /// The part that is shown; nil for none.
  mutating func take(_ text: String) -> String? {
    guard lines > 0, bytes > 0 else {
      leaveOut(text)
      return nil
    }
    var shown = text.prefix(ofBytes: bytes)
    // The end of the last line that is allowed.
    var left = lines
    let end = shown.utf8.firstIndex { byte in
      if byte == UInt8(ascii: "\n") { left -= 1 }
      return left == 0
    }
    if let end { shown = String(shown[..<end]) }
    lines -= shown.utf8.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    bytes -= shown.utf8.count
    guard shown.utf8.count < text.utf8.count else { return shown }
    let rest = text.utf8.dropFirst(shown.utf8.count)
    if end != nil {
      leaveOut(String(Substring(rest.dropFirst())))
      lines = 0
    } else {
      byteCountLeftOut += rest.count
      lineCountLeftOut += rest.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
      bytes = 0
    }
    return shown + "…"
  }

  private mutating func leaveOut(_ text: String) {
    byteCountLeftOut += text.utf8.count
    lineCountLeftOut += text.utf8.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
  }

  var remark: String? {
    guard byteCountLeftOut > 0 || lineCountLeftOut > 0 else { return nil }
    let lines =
      lineCountLeftOut == 0
      ? "" : "\(Quantity(lineCountLeftOut)) more line\(lineCountLeftOut == 1 ? "" : "s"), "
    return "… \(lines)\(Quantity(byteCountLeftOut)) more characters are not shown; "
      + "show a part, as in x[:10]"
  }
}

extension Output {
  /// What of a single output is shown, perhaps with a remark below it.
  fileprivate var limitedAlone: [Output] {
    switch self {
    case .text, .stepper, .trainer, .permission: return [self]
    case .arraySummary(let text, let points):
      return [.arraySummary(text.shortened(to: OutputLimits.sentenceBytes), sparkline: points)]
    case .widget(var widget):
      widget.limit()
      return [.widget(widget)]
    case .figure(var figure):
      figure.limit()
      return [.figure(figure)]
    case .grid(var grid):
      for index in grid.items.indices { grid.items[index].figure.limit() }
      grid.summary = grid.summary.shortened(to: OutputLimits.sentenceBytes)
      return [.grid(grid)]
    case .track(var track):
      track.label = track.label.cut(to: OutputLimits.captionBytes)
      return [.track(track)]
    case .table(let headers, let rows): return Self.limitedTable(headers, rows)
    case .check(let isPassed, let hint):
      return [.check(isPassed: isPassed, hint: hint.shortened(to: OutputLimits.sentenceBytes))]
    }
  }

  private static func limitedTable(_ headers: [String], _ rows: [[String]]) -> [Output] {
    let columns = OutputLimits.tableColumns
    func limited(_ row: [String]) -> [String] {
      row.prefix(columns).map { $0.shortened(to: OutputLimits.sentenceBytes) }
    }
    var bytes = OutputLimits.tableBytes
    var shown: [[String]] = []
    for row in rows.prefix(OutputLimits.tableRows) where bytes > 0 {
      shown.append(limited(row))
      bytes -= shown[shown.count - 1].reduce(0) { $0 + $1.utf8.count + 1 }
    }
    var remarks: [String] = []
    let rowCount = rows.count - shown.count
    if rowCount > 0 { remarks.append("\(Quantity(rowCount)) more row\(rowCount == 1 ? "" : "s")") }
    let columnCount = max(headers.count, rows.first?.count ?? 0) - columns
    if columnCount > 0 {
      remarks.append("\(Quantity(columnCount)) more column\(columnCount == 1 ? "" : "s")")
    }
    let table = Output.table(headers: limited(headers), rows: shown)
    guard !remarks.isEmpty else { return [table] }
    return [table, .text("… \(remarks.joined(separator: " and ")) are not shown")]
  }
}

extension Widget {
  fileprivate mutating func limit() {
    label = label.cut(to: OutputLimits.captionBytes)
    switch kind {
    case .slider(
      let start, let stop, let step, let isInteger, let isLogarithmic, let unit, let value,
      let lessonValue):
      kind = .slider(
        start: start, stop: stop, step: step, isInteger: isInteger, isLogarithmic: isLogarithmic,
        unit: unit.cut(to: OutputLimits.captionBytes), value: value, lessonValue: lessonValue)
    case .choice(let options, let selected, let lessonSelected):
      kind = .choice(
        options: options.map { $0.cut(to: OutputLimits.captionBytes) }, selected: selected,
        lessonSelected: lessonSelected)
    case .toggle: break
    }
  }
}

extension Figure {
  fileprivate mutating func limit() {
    func limited(_ text: String) -> String { text.cut(to: OutputLimits.captionBytes) }
    title = title.map(limited)
    xLabel = xLabel.map(limited)
    yLabel = yLabel.map(limited)
    (xUnit, yUnit) = (limited(xUnit), limited(yUnit))
    summary = summary.shortened(to: OutputLimits.sentenceBytes)
    if series.count > OutputLimits.curves {
      summary =
        "the first \(OutputLimits.curves) of \(Quantity(series.count)) curves are drawn; " + summary
      series.removeSubrange(OutputLimits.curves...)
    }
    if markers.count > OutputLimits.curves { markers.removeSubrange(OutputLimits.curves...) }
    for index in series.indices { series[index].label = series[index].label.map(limited) }
    for index in markers.indices { markers[index].label = limited(markers[index].label) }
  }
}
