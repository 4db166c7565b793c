import Builtins
import Concurrency
import Interpreter
import Messages
import RunningCells
import Testing

/// What computes long looks at the clock, and asks for its memory.
@Suite struct SignalLimitsTests {
  private static let setup = """
    x = np.zeros(10**6); y = np.arange(10**6) % 7; z = np.zeros((10**5, 2)); k = np.ones(1000)
    r = np.random.default_rng(0); sos = signal.butter(8, 0.1, output="sos")
    """

  @Test(arguments: [
    "signal.lfilter([1.0], [1, -0.5], x)", "signal.lfilter([1.0], [1, 0.5, 0.2], x)",
    "signal.lfilter(k, k, x)", "signal.lfilter([1.0], [1] + [0] * 5000 + [0.5], x)",
    "signal.lfilter(k, 1, x)", "signal.sosfilt(sos, x)", "signal.sosfilt(sos, z, axis=0)",
    "signal.correlate(x, k)", "signal.fftconvolve(x, k)", "signal.oaconvolve(z, z, axes=0)",
    "signal.hilbert(x)", "signal.resample_poly(x, 3, 2)", "signal.chirp(x, 1, 2, 3)",
    "signal.chirp(x, 1, 2, 3, 'log')", "signal.stft(x)", "signal.find_peaks(x)",
    "signal.find_peaks(y, distance=50)", "signal.find_peaks(y, prominence=1)",
    "np.correlate(x, k)", "np.interp(x, k.cumsum(), k)", "np.unwrap(x)", "np.histogram(x)",
    "np.histogram(x, [0, 1, 2])", "np.median(x)", "np.percentile(x, 50)", "np.allclose(x, x)",
    "z.T @ z", "r.normal(size=10**6)", "r.uniform(x)", "r.integers(y + 1)", "r.permutation(x)",
    "r.choice(x, 10**6)", "r.choice(10**6, 10**5, replace=False)",
    "r.choice(10**5, 10**6, p=np.ones(10**5) / 10**5)",
    "spectrogram(x, 8000, noverlap=1000)", "image(x.reshape(1000, 1000))",
    "response(k, k, fs=8000)", "play(z, 8000)",
  ])
  func looksAtTheClock(code: String) throws {
    let context = CellContext(vocabulary: .standard, budget: Budget(seconds: 1000))
    var evaluator = Evaluator(context: context)
    try evaluator.run(parsed(Self.setup))
    evaluator.context.budget.extend(by: -2000)
    let error = #expect(throws: Diagnostic.self) { try evaluator.run(parsed("_ = " + code)) }
    #expect(error?.message.contains("seconds") == true, "\(error?.message ?? "")")
    #expect(error?.range != nil)
  }

  @Test(arguments: [
    "signal.lfilter([1.0], [1, -0.5], x)", "signal.sosfilt(sos, x)", "signal.correlate(x, k)",
    "signal.fftconvolve(x, k)", "signal.hilbert(x)", "signal.resample_poly(x, 3, 2)",
    "signal.chirp(x, 1, 2, 3)", "signal.stft(x)", "np.interp(x, k.cumsum(), k)", "np.unwrap(x)",
    "np.histogram(x, 10**6)", "np.median(x)", "np.allclose(x, x)", "r.normal(size=10**6)",
    "r.permutation(x)", "r.choice(x, 10**6)", "play(z, 8000)", "image(x.reshape(1000, 1000))",
  ])
  func asksForItsMemory(code: String) throws {
    let context = CellContext(vocabulary: .standard, budget: Budget())
    var evaluator = Evaluator(context: context)
    try evaluator.run(parsed(Self.setup))
    evaluator.context.budget.liveBytes = Budget.byteLimit - 500_000
    let error = #expect(throws: Diagnostic.self) { try evaluator.run(parsed("_ = " + code)) }
    #expect(error?.message.contains("GiB") == true, "\(error?.message ?? "")")
  }
}
