import Signals
import Testing

struct WindowTests {
  @Test("windows are SciPy's")
  func scipy() throws {
    for row in try Fixtures.scipy().windows {
      let values = try row.window.window.values(row.count)
      #expect(values.count == row.values.count)
      #expect(zip(values, row.values).allSatisfy { abs($0 - $1) < 1e-14 }, "\(row)")
    }
  }

  @Test func symmetryAndEnds() throws {
    for name in Window.names {
      let values = try Window(name: name)?.values(101) ?? []
      #expect(values.count == 101)
      #expect(abs(values[50] - 1) < 1e-15)
      #expect((0..<50).allSatisfy { abs(values[$0] - values[100 - $0]) < 1e-15 })
    }
    #expect(try abs(Window.hann.values(101)[0]) < 1e-15)
    #expect(try abs(Window.hamming.values(101)[0] - 0.08) < 1e-15)
  }

  @Test func periodicWindowsAddUpToOne() throws {
    // Two Hann windows, half a length apart.
    let values = try Window.hann.values(64, isPeriodic: true)
    #expect((0..<32).allSatisfy { abs(values[$0] + values[$0 + 32] - 1) < 1e-15 })
  }

  @Test func degenerateSizes() throws {
    #expect(try Window.kaiser(beta: 3).values(0) == [])
    #expect(try Window.hann.values(1) == [1])
    #expect(Window(name: "triangle") == nil)
  }
}
