import FileFormats
import Messages
import Notebook
import RunningCells
import Testing

@Suite("Files of finished runs")
struct SavedRunFileTests {
  @Test("A file that asks for a long training is refused at once")
  func fileThatTrains() throws {
    let model = "nn.ReLU()\n\(tinyNetwork)\ntrain(net, data, epochs=1000000)"
    let bytes = try SafeTensorsFile.write(
      [],
      metadata: [("format", "1"), ("model", model), ("optimizer", "optim.SGD(lr=0.1)")])
    let error = #expect(throws: Diagnostic.self) { try SavedRun(fileBytes: bytes) }
    #expect(error?.message == "its network or its optimiser cannot be read")
  }
}
