import Curves
import Pages
import Terminal
import Testing

@Suite("Plot window")
struct PlotWindowTests {
  private let all = 0.0...100
  private let curve = Curve(y: Trace((0...100).map(Double.init)))

  @Test("Zooming halves the range, stays inside, stops at eight points, and ends at the whole axis")
  func zooming() {
    var window = PlotWindow()
    window.zoom(1, all: all, pointCount: 101, about: nil)
    #expect(window.range == 25...75)
    window.zoom(1, all: all, pointCount: 101, about: 30)
    #expect(window.range == 17.5...42.5)
    for _ in 0..<10 { window.zoom(1, all: all, pointCount: 101, about: 0) }
    #expect(abs((window.range?.upperBound ?? 0) - 800.0 / 101) < 1e-9)
    for _ in 0..<10 { window.zoom(-1, all: all, pointCount: 101, about: nil) }
    #expect(window.range == nil)
  }

  @Test("Panning stops at the ends")
  func panning() {
    var window = PlotWindow()
    window.pan(1, all: all)
    #expect(window.range == nil)
    window.zoom(1, all: all, pointCount: 101, about: nil)
    window.pan(-1, all: all)
    #expect(window.range == 20...70)
    for _ in 0..<20 { window.pan(1, all: all) }
    #expect(window.range == 50...100)
  }

  @Test("The cursor starts in the middle of the window, which follows it")
  func cursor() {
    var window = PlotWindow()
    window.zoom(1, all: all, pointCount: 101, about: nil)
    window.toggleCursor(on: curve)
    #expect(window.cursor == 50)
    window.moveCursor(30, on: curve, all: all)
    #expect(window.cursor == 80)
    #expect(window.range == 30...80)
    window.moveCursor(-1_000, on: curve, all: all)
    #expect(window.cursor == 0)
    #expect(window.range == 0...50)
    window.toggleCursor(on: curve)
    #expect(window.cursor == nil)
  }

  @Test("Without points nothing moves")
  func empty() {
    var window = PlotWindow()
    window.toggleCursor(on: Curve(y: []))
    window.moveCursor(1, on: Curve(y: []), all: 0...0)
    window.zoom(1, all: 0...0, pointCount: 0, about: nil)
    #expect(window == PlotWindow())
  }
}
