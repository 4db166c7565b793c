/// How much is computed and measured.
struct Workload {
  /// Of each network.
  let epochs: Int
  /// Of the signals whose operators are timed.
  let samples: Int
  /// At most so many launches of a kernel are timed.
  let launches: Int

  /// For a real card.
  static let whole = Workload(epochs: 1000, samples: 10_000_000, launches: 50)
  /// For a card that is only played (Tests/CUDAEmulation).
  static let quick = Workload(epochs: 2, samples: 10_000, launches: 3)

  // Each measurement is bounded, so that everything ends within five minutes, with PyTorch's part.
  static let secondsOfKernel = 1.0
  static let secondsOfTraining = 30.0
  static let secondsOfBlocks = 3.0
}
