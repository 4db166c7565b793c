import Testing

/// docs/arithmetic.md: a seed gives the same bits with every set of kernels and any number of threads.
@Suite("One arithmetic, from the command line")
struct OneArithmeticTests {
  /// All kinds of kernels, a batch that does not fill its chunks, and more threads than there may be.
  private static let code = """
    X, y = waveforms(count=16, length=64, noise=0.05, seed=3)
    train_set, test_set = split(dataset(X, y), 0.25, seed=1)
    model = nn.Sequential(
        nn.Conv1d(1, 5, 5, padding=1), nn.BatchNorm1d(5), nn.GELU(), nn.MaxPool1d(2), nn.Dropout(0.2),
        nn.ConvTranspose1d(5, 4, 4, stride=2), nn.Tanh(), nn.AvgPool1d(3), nn.Flatten(),
        nn.Linear(84, 9), nn.ReLU(), nn.Linear(9, 3))
    for_adam = train(
        model, train_set, optimizer=optim.Adam(lr=0.01), epochs=6, batch_size=13, test=test_set)
    for_asgd = train(model, train_set, epochs=6, batch_size=13, test=test_set)
    [for_adam.history[-1], for_adam.test_history[-1], for_asgd.history[-1], for_asgd.test_history[-1]]
    """

  /// What this gave on the first machine; it is what every other one must give.
  private static let expected =
    "[np.float64(0.8715235035575098), np.float64(1.1415915789471942), "
    + "np.float64(1.0485924030854767), np.float64(1.1454792713891824)]"

  static let canFuse = !run(CPythonComparison.executable, ["devices"]).output.contains(
    "rounds a product and its sum separately")

  @Test(
    "Every set of kernels gives the same bits, with any number of threads",
    .enabled(if: canFuse, "this processor cannot fuse products and sums"),
    arguments: ["reference", "avx2", "avx512"], [1, 2, 5])
  func sameBits(set: String, threads: Int) {
    let result = run(
      "env",
      [
        "ETUDE_SIMD=\(set)", CPythonComparison.executable, "eval", Self.code, "--threads",
        "\(threads)",
      ])
    #expect(result.output == Self.expected + "\n", "\(result.errors)")
  }

  @Test("--threads is at least 1")
  func threads() {
    let result = run(CPythonComparison.executable, ["eval", "1", "--threads", "0"])
    #expect(result.status == 2)
    #expect(result.errors.contains("--threads is 0, but must be from 1 to 256"))
  }
}
