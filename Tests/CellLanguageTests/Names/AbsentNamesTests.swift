import CellLanguage
import Messages
import Testing

@Suite struct AbsentNamesTests {
  private static let builtins = KnownNames(
    signatures: [
      Signature("np.sin"), Signature("signal.lfilter"), Signature("F.conv1d"),
      Signature("array.sum"), Signature("np.stack"),
    ],
    others: ["np", "signal", "F"], results: ["np.sin": .always(.value(.array))],
    attributes: [.array: ["shape": nil], .list: [:], .string: [:]])

  private func hints(_ source: String) throws -> [String?] {
    CellCheck(
      of: try Program(parsing: source), in: CellCheck.Surroundings(builtins: Self.builtins)
    ).faults.map(\.diagnostic.hint)
  }

  @Test(arguments: [
    ("np.vstack(1)", "np.concatenate([a, b]) joins matrices, np.stack([a, b]) rows"),
    ("np.stak", "did you mean stack?"),
    ("signal.windows.hann(3)", "write signal.get_window(\"hann\", n, fftbins=False)"),
    ("signal.hann(3)", "write signal.get_window(\"hann\", n, fftbins=False)"),
    ("plt.imshow(1)", "write image(matrix)"), ("plt.foo(1)", Self.drawing), ("plt", Self.drawing),
    ("scipy.signal.lfilter(1)", "write signal.lfilter"),
    ("scipy.signal.welch(1)", "spectrum(x, fs) draws one; signal.stft computes many"),
    ("numpy.foo", "write np for numpy"), ("math.sin(1)", "write np.sin"),
    ("map(1, 2)", "write a list comprehension: [f(x) for x in items]"),
    // Where another module has it, and where the library has it but cells do not.
    ("sin(1)", "write np.sin"), ("np.conv1d(1)", "write F.conv1d"),
    ("np.vander(1)", "NumPy has it, but cells do not; docs/cells.md lists what they have"),
    ("F.mish(1)", "PyTorch has it, but cells do not; docs/cells.md lists what they have"),
    ("[1].shape", "arrays have it: np.array(x).shape"),
    ("np.sin().sin", "write np.sin(x)"),
    ("''.zfill(3)", "write an f-string: f\"{number:05d}\""), ("qqqqq", "define it in a cell"),
  ])
  func hint(source: String, expected: String) throws {
    #expect(try hints(source) == [expected])
  }

  private static let drawing =
    "plot(y), stem(y), response(kernel, fs) and spectrum(x, fs) draw"

  @Test("Each path of a module that is not there is reported")
  func eachPath() throws {
    #expect(
      try hints("plt.imshow(1); plt.title('a'); plt.title('b')") == [
        "write image(matrix)", "write plot(y, title=\"…\")",
      ])
  }

  @Test(arguments: [
    ("import librosa", "wavfile.read(file) reads sounds, and spectrogram(x, fs) draws one"),
    ("import matplotlib.pyplot as plt", drawing),
    ("import math", "np has its functions: np.sqrt, np.pi"),
    ("from scipy.fft import rfft", "np.fft.rfft needs no import here"),
    ("import scipy", "of SciPy, cells have signal and wavfile: from scipy import signal"),
  ])
  func imports(source: String, expected: String) throws {
    let error = #expect(throws: Diagnostic.self) { try Program(parsing: source) }
    #expect(error?.hint == expected)
  }
}
