import FileFormats
import Glibc
import Interpreter
import Messages
import RunningCells
import TemporaryFolders
import Testing

@Suite final class FilesTests {
  private let temporary = TemporaryFolder()
  private var folder: String { temporary.path }

  @Test(arguments: [
    ("np.array([[1.5, np.nan], [2, -np.inf]])", "x.npy"),
    ("np.arange(3, dtype=np.int16)", "x.npy"), ("np.fft.rfft([1, 2, 3])", "x.npy"),
    ("np.array(2.5)", "x.npy"), ("np.array([True, False])", "x.safetensors"),
    ("np.zeros((0, 3), dtype=np.float32)", "x.safetensors"),
  ])
  func loadsWhatItSaved(array: String, name: String) throws {
    let cell = try RunningCell(
      """
      x = \(array)
      save(x, "\(folder)/\(name)")
      y = load("\(folder)/\(name)")
      sameShape = x.shape == y.shape
      sameType = x.dtype == y.dtype
      same = bool(np.all((x == y) | ((x != x) & (y != y))))
      """)
    #expect(cell.json("sameShape") == "true")
    #expect(cell.json("sameType") == "true")
    #expect(cell.json("same") == "true")
  }

  @Test func savesSeveralArrays() throws {
    let cell = try RunningCell(
      """
      save([("w", np.ones(2)), ("b", np.zeros(1))], "\(folder)/x.safetensors")
      names = [pair[0] for pair in load("\(folder)/x.safetensors")]
      """)
    #expect(cell.json("names") == #"["w", "b"]"#)
  }

  @Test func savesSounds() throws {
    let cell = try RunningCell(
      """
      save((8000, np.array([[0, 1], [-32768, 32767]], dtype=np.int16)), "\(folder)/x.wav")
      rate, audio = wavfile.read("\(folder)/x.wav")
      kind = str(audio.dtype)
      samples = audio.tolist()
      """)
    #expect(cell.json("rate") == "8000")
    #expect(cell.json("kind") == "\"int16\"")
    #expect(cell.json("samples") == "[[0, 1], [-32768, 32767]]")
  }

  @Test func samplesAloneAreSavedAt44100Hz() throws {
    let cell = try RunningCell(
      """
      save(np.array([0.5, -0.25]), "\(folder)/x.wav")
      rate, audio = load("\(folder)/x.wav")
      kind = str(audio.dtype)
      samples = audio.tolist()
      """)
    #expect(cell.json("rate") == "44100")
    #expect(cell.json("kind") == "\"float64\"")
    #expect(cell.json("samples") == "[0.5, -0.25]")
  }

  @Test(arguments: [
    ("x.txt", "unknown extension"), ("none/x.npy", "folder"), ("x.wav", "int64"),
  ])
  func rejectsOtherFiles(name: String, message: String) {
    let failure = failure(of: "save(np.arange(3), \"\(folder)/\(name)\")")
    #expect(failure?.contains(message) == true, "\(failure ?? "saved")")
  }

  @Test func errorsNameDamagedFiles() throws {
    temporary.write([0x93, 0x4e], to: "x.npy")
    let damaged = failure(of: "x = load(\"\(folder)/x.npy\")")
    #expect(damaged?.contains("x.npy") == true, "\(damaged ?? "loaded")")
    temporary.write(Array("no sound".utf8), to: "x.wav")
    #expect(failure(of: "x = wavfile.read(\"\(folder)/x.wav\")")?.contains("x.wav") == true)
    #expect(failure(of: "x = load(\"\(folder)/missing.npy\")")?.contains("missing.npy") == true)
  }

  @Test func lessonsOnlyReadTheirFolders() throws {
    temporary.write(try NPYFile.write(.init(shape: [1], elements: .float64([4]))), to: "x.npy")
    let files = FileAccess(.folders([folder]))
    let cell = try RunningCell("x = load(\"x.npy\")[0]", files: files)
    #expect(cell.json("x") == "4.0")
    #expect(throws: Diagnostic.self) {
      try RunningCell("x = load(\"/etc/hostname\")", files: files)
    }
    _ = try RunningCell("save(1, \"y.npy\")", files: files)
    #expect(access("\(folder)/y.npy", F_OK) != 0)
  }
}
