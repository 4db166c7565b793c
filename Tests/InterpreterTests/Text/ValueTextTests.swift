import Compute
import Interpreter
import Testing

@Suite struct ValueTextTests {
  @Test func valuesPrintAsInPython() throws {
    let values = try TextFixture.load().values
    #expect(values.count > 90)
    for row in values {
      #expect(row.value.value.repr == row.repr)
      #expect(row.value.value.str == row.str)
    }
  }

  @Test func arraysPrintAsInNumPy() throws {
    let arrays = try TextFixture.load().arrays
    #expect(arrays.count > 150)
    for row in arrays {
      #expect(row.value.value.repr == row.repr)
      #expect(row.value.value.str == row.str)
    }
  }

  @Test func functionsAndModules() {
    let builtin = Builtin("np.sin", [], "The sine.") { _ in .none }
    #expect(Value.function(builtin).repr == "<function np.sin>")
    #expect(Value.list([.module(Module(name: "np"))]).str == "[<module 'np'>]")
  }
}
