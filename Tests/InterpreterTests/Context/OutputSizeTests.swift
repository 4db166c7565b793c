import Interpreter
import RunningCells
import Testing

struct OutputSizeTests {
  @Test(
    "What a cell shows counts with what it holds",
    arguments: [
      ("plot([0] * 1000)", 16_000), ("play([0] * 1000, 100)", 4000), ("print('a' * 1000)", 1000),
      ("table(['a'], [['b' * 100]] * 10)", 1000), ("spectrogram([0] * 2000, 100)", 1000 * 8),
    ])
  func sizes(code: String, bytes: Int) {
    let outputs = result(of: code).outputs
    #expect(outputs.count == 1)
    let size = outputs.reduce(0) { $0 + $1.byteCount }
    #expect(size >= bytes && size < 3 * bytes + 2000, "\(size)")
  }
}
