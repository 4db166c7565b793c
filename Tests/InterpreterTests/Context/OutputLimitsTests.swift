import Compute
import Interpreter
import Testing

struct OutputLimitsTests {
  private func texts(_ outputs: [Output]) -> [String] {
    outputs.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }

  @Test("Short outputs stay as they are")
  func short() {
    let outputs: [Output] = [.text("a"), .table(headers: ["h"], rows: [["1"]]), .text("b\nc")]
    #expect(texts(outputs.limited()) == ["a", "b\nc"])
    #expect(outputs.limited().count == 3)
  }

  @Test("Many lines are cut, and the number of the others is said")
  func manyLines() {
    let outputs = (0..<100_000).map { Output.text("line \($0)") }
    let shown = texts(outputs.limited())
    #expect(shown.count == OutputLimits.lines + 1)
    #expect(shown[999] == "line 999")
    #expect(shown.last?.hasPrefix("… 99,000 more lines, ") == true)
    #expect(shown.last?.contains("x[:10]") == true)

    let one = texts([Output.text((0..<3000).map(String.init).joined(separator: "\n"))].limited())
    #expect(one[0].hasSuffix("\n999…"))
    #expect(one.last?.hasPrefix("… 2,000 more lines") == true)
  }

  @Test("A long line is cut, and the number of its other characters is said")
  func longLine() {
    let shown = texts([Output.text(String(repeating: "é", count: 1_000_000))].limited())
    #expect(shown.count == 2)
    #expect(shown[0].utf8.count <= OutputLimits.bytes + 3)
    #expect(shown[0].dropLast().allSatisfy { $0 == "é" } && shown[0].hasSuffix("…"))
    #expect(shown[1].contains("more characters are not shown"))
  }

  @Test("Tables are cut in both directions")
  func tables() {
    let rows = Array(repeating: Array(repeating: "1", count: 300), count: 5000)
    let shown = [Output.table(headers: Array(repeating: "h", count: 300), rows: rows)].limited()
    guard case .table(let headers, let shownRows) = shown[0] else {
      Issue.record("no table")
      return
    }
    #expect(headers.count == OutputLimits.tableColumns)
    #expect(shownRows.allSatisfy { $0.count == OutputLimits.tableColumns })
    #expect(shownRows.count <= OutputLimits.tableRows && shownRows.count > 200)
    let left = 5000 - shownRows.count
    #expect(
      texts(shown) == [
        "… \(left / 1000),\(left % 1000) more rows and 100 more columns are not shown"
      ])
  }

  @Test("Captions are cut, and of thousands of curves a hundred are drawn")
  func figures() {
    var figure = Figure(kind: .line, summary: String(repeating: "s", count: 10_000))
    figure.title = String(repeating: "t", count: 1_000_000)
    figure.series = (0..<5000).map { Figure.Series(label: "curve \($0)", y: [1, 2]) }
    guard case .figure(let shown)? = [Output.figure(figure)].limited().first else { return }
    #expect(shown.series.count == 100)
    #expect(shown.summary.hasPrefix("the first 100 of 5,000 curves are drawn; sss"))
    #expect(shown.summary.utf8.count < 2200)
    #expect((shown.title?.count ?? 0) < 400 && shown.title?.hasSuffix("…") == true)
  }

  @Test("Widgets are never left out, plots beyond the hundredth are, with a remark")
  func items() {
    let widget = Output.widget(
      Widget(name: "w", label: "w", kind: .toggle(isOn: true, lessonIsOn: true)))
    let figure = Output.figure(Figure(kind: .line, summary: ""))
    let shown = (Array(repeating: figure, count: 150) + Array(repeating: widget, count: 150))
      .limited()
    #expect(shown.count == 100 + 150 + 1)
    #expect(texts(shown) == ["… 50 more outputs are not shown"])
  }
}
