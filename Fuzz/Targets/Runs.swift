import Glibc
import Interpreter
import Lessons
import Notebook

/// Reads the file of a saved run with some bytes changed: of every three bytes of input, two are the
/// offset and one is the new value. Random bytes would hardly ever form a file with consistent names,
/// shapes and offsets.
func readChangedRun(_ bytes: [UInt8]) {
  var file = sampleRun
  for start in stride(from: 0, to: bytes.count - 2, by: 3) {
    let offset = Int(bytes[start]) << 8 | Int(bytes[start + 1])
    file[offset % file.count] = bytes[start + 2]
  }
  guard let run = try? SavedRun(fileBytes: file) else { return }
  _ = try? run.fileBytes()
}

/// A network of a few weights after two epochs.
private let sampleRun: [UInt8] = {
  let lesson = Lesson(
    parsing: """
      ## Page

      ```python {#cell}
      data = dataset(np.array([[0.0, 1, 0, 1], [1, 1, 0, 0], [0, 0, 1, 1]]), np.array([0, 1, 1]))
      net = nn.Sequential(nn.Conv1d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(4, 2))
      fit = train(net, data, optim.Adam(lr=0.1), epochs=2, batch_size=2, test=data)
      ```
      """, file: "lesson.md", folder: "/nonexistent")
  let worker = SessionWorker(lesson: lesson, files: FileAccess(.folders([])), wake: {})
  defer { worker.stop() }
  worker.request(.show(page: 0))
  while worker.snapshot.trainers.isEmpty { usleep(1000) }
  worker.request(.train(TrainerID(cell: "cell", call: 0), .startOrPause))
  while true {
    if let run = worker.finishedRuns.first, let bytes = try? run.fileBytes() { return bytes }
    usleep(1000)
  }
}()
