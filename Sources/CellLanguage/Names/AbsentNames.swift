/// Names that lessons and notebooks elsewhere use, and what takes their place in cells.
package enum AbsentNames {
  /// What to use in place of a name, such as "np.load" or "plt"; nil for other names.
  package static func hint(for path: String) -> String? { hints[path] }

  private static let hints: [String: String] = [
    "np.load": "load(file) reads .npy files", "np.loadtxt": "load(file) reads .npy files",
    "np.save": "save(value, file) writes .npy files",
    "np.savez": "save(value, file) writes .npy files",
    "np.savetxt": "save(value, file) writes .npy files",
    "wavfile.write": "save((sample_rate, samples), \"name.wav\") writes sound files",
    "signal.spectrogram": "spectrogram(x, fs) draws one",
    "np.hanning": "write signal.get_window(\"hann\", n, fftbins=False)",
    "np.hamming": "write signal.get_window(\"hamming\", n, fftbins=False)",
    "np.blackman": "write signal.get_window(\"blackman\", n, fftbins=False)",
    "np.bartlett": "write signal.get_window(\"bartlett\", n, fftbins=False)",
    "plt": "plot(y), stem(y), response(kernel, fs) and spectrum(x, fs) draw",
    "sns": "plot(y), stem(y), response(kernel, fs) and spectrum(x, fs) draw",
    "sd": "play(samples, sample_rate) plays", "Audio": "play(samples, sample_rate) plays",
    "librosa": "wavfile.read(file) reads sounds, and spectrogram(x, fs) draws one",
    "soundfile": "wavfile.read(file) reads sounds", "sf": "wavfile.read(file) reads sounds",
    "widgets": "slider(…), choice(…) and toggle(…) are widgets",
    "pd": "table(headers, rows) shows a table", "math": "np has its functions: np.sqrt, np.pi",
    "time": "timeit(function, …) measures", "random": generators,
    "os": "cells see no files but those they load",
    "model": "nn.Sequential(…) makes a model, and train(model, data) trains it",
    "display": "the value of a line by itself is shown",
    "torch.save": "save(value, file) writes .safetensors files",
    "torch.load": "load(file) reads .safetensors files",
    "np.random.seed": generators, "np.random.rand": generators, "np.random.randn": generators,
    "np.random.normal": generators, "np.random.uniform": generators,
    "np.random.random": generators, "np.random.random_sample": generators,
    "np.random.randint": generators, "np.random.choice": generators,
    "np.random.permutation": generators, "np.random.shuffle": generators,
    "np.random.standard_normal": generators, "np.random.Generator": generators,
    "RandomState.seed": generators, "Generator.randn": "rng.standard_normal(n) draws n of them",
    "Generator.rand": "rng.random(n) draws n of them",
    "Generator.randint": "rng.integers(low, high) draws them",
    "torch.manual_seed": seeds, "torch.rand": seeds, "torch.randn": seeds,
    "torch.randint": seeds, "np.vectorize": "functions take whole arrays",
    "tensor.backward": gradients, "tensor.grad": gradients, "torch.no_grad": gradients,
    "tensor.requires_grad_": gradients, "tensor.astype": "use x.to(torch.float64)",
    "tensor.detach": "it is a plain value already: use it as it is",
    "optim.lr_scheduler":
      "train(…) keeps one rate; train(fit, data, optimizer=…) goes on with another",
  ]

  private static let generators =
    "make a generator: rng = np.random.default_rng(0), then rng.normal(size=100) and its like"
  private static let seeds =
    "functions that draw random numbers take a seed: waveforms(…, seed=0), split(…, seed=0)"
  private static let gradients = "train(model, data) computes the gradients and updates the weights"
}
