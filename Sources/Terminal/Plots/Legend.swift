/// The names of a plot's series above it, beside the title where both fit, else below it.
struct Legend {
  struct Entry {
    var sample: String
    var style: Style
    var label: String
  }

  private let entries: [Entry]
  private let outer: Rectangle
  /// From the row `start` below the top on; empty without entries.
  private let lines: [Range<Int>]
  private let start: Int
  private let hasTitle: Bool

  /// - Parameter outer: of the whole plot.
  init(_ entries: [Entry], titleWidth: Int, in outer: Rectangle, charset: Charset) {
    self.entries = entries
    self.outer = outer
    hasTitle = titleWidth > 0
    guard !entries.isEmpty else {
      (lines, start) = ([], 0)
      return
    }
    let besideTitle = hasTitle ? titleWidth + 2 : 0
    if besideTitle + Self.width(of: entries[...], charset) <= outer.width || outer.height < 8 {
      (lines, start) = ([entries.indices], 0)
      return
    }
    start = hasTitle ? 1 : 0
    var lines: [Range<Int>] = []
    for index in entries.indices {
      let first = lines.last?.lowerBound ?? index
      if lines.isEmpty || Self.width(of: entries[first...index], charset) > outer.width {
        lines.append(index..<index + 1)
      } else {
        lines[lines.count - 1] = first..<index + 1
      }
    }
    // The data needs rows, too.
    let room = max(1, (outer.height - 2) / 3 - start)
    if lines.count > room {
      lines[room - 1] = lines[room - 1].lowerBound..<entries.count
      lines.removeLast(lines.count - room)
    }
    self.lines = lines
  }

  /// Above the data, the title included.
  var headerRows: Int { max(hasTitle ? 1 : 0, lines.isEmpty ? 0 : start + lines.count) }

  /// - Returns: the columns that are left for the title.
  func draw(into canvas: inout Canvas, title: String, theme: Theme) -> Int {
    var titleRoom = outer.width
    for (row, range) in lines.enumerated() {
      let width = Self.width(of: entries[range], canvas.charset)
      var x = max(outer.x, outer.endX - width)
      if start + row == 0, hasTitle {
        // In a small plot both share a row, of which the title gets at most half.
        let titleWidth = displayWidth(of: title, charset: canvas.charset)
        x = max(x, outer.x + min(titleWidth, outer.width / 2) + 2)
        titleRoom = x - 2 - outer.x
      }
      draw(range, into: &canvas, x: x, y: outer.y + start + row, theme: theme)
    }
    return titleRoom
  }

  private func draw(
    _ range: Range<Int>, into canvas: inout Canvas, x: Int, y: Int, theme: Theme
  ) {
    var x = x
    let fits = Self.width(of: entries[range], canvas.charset) <= outer.endX - x
    for index in range {
      let entry = entries[index]
      // The number of entries that do not fit takes their place.
      func remark(_ count: Int) -> String { "\(canvas.glyphs.ellipsis) \(count) more" }
      let rest = range.upperBound - index
      let reserve = fits || rest == 1 ? 0 : remark(rest - 1).count + 2
      let needed = Self.width(of: [entry], canvas.charset)
      if !fits, index > range.lowerBound, needed + reserve > outer.endX - x {
        canvas.put(
          remark(rest), x: x, y: y, style: theme.dim, maximumWidth: max(0, outer.endX - x))
        break
      }
      x = canvas.put(
        entry.sample, x: x, y: y, style: entry.style, maximumWidth: max(0, outer.endX - x))
      let label = truncated(
        entry.label, toWidth: max(0, outer.endX - x - 1 - reserve), charset: canvas.charset)
      x = canvas.put(label, x: x + 1, y: y, style: theme.dim) + 2
    }
  }

  private static func width(of entries: some Collection<Entry>, _ charset: Charset) -> Int {
    entries.reduce(-2) { $0 + displayWidth(of: $1.sample + $1.label, charset: charset) + 3 }
  }
}
