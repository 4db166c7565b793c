extension AbsentNames {
  /// Python's functions and modules, and what notebooks import: by prefix, names and what takes their place.
  static let python: [(prefix: String, rows: KeyValuePairs<String, String>)] = [
    (
      "",
      [
        "map": "write a list comprehension: [f(x) for x in items]",
        "filter": "write a list comprehension with an if: [x for x in items if condition]",
        "open": "load(file) reads files, and save(value, file) writes them",
        "input stdin argparse click": "slider(…), choice(…) and toggle(…) ask the student",
        "dict": "use a list, or a name for each value",
        "set frozenset": "write sorted(items), or np.unique(items)",
        "pow": "write a ** b",
        "divmod": "write a // b and a % b",
        "repr ascii": "write an f-string with !r: f\"{x!r}\"",
        "format": "write an f-string: f\"{x:.2f}\"",
        "hex": "write an f-string: f\"{x:x}\"",
        "bin": "write an f-string: f\"{x:b}\"",
        "oct": "write an f-string: f\"{x:o}\"",
        "chr ord bytes bytearray memoryview": "strings are text here, and numbers go into arrays",
        "type isinstance issubclass hasattr getattr setattr callable id hash vars dir":
          "x.dtype and x.shape say what an array is",
        "iter next slice": "write x[i], or a slice x[i:j]",
        "complex":
          "np.fft.rfft and signal.freqz return complex arrays; np.real and np.imag take them apart",
        "eval exec compile globals locals exit quit help breakpoint object super property "
          + "staticmethod classmethod":
          "cells compute values; write the expression itself",
        "display": "the value of a line by itself is shown",
        "model": "nn.Sequential(…) makes a model, and train(model, data) trains it",
        "xrange": "write range(n)",
        "reduce": "write sum(items), np.prod(items) or np.cumsum(items)",
        "sd sounddevice simpleaudio Audio": "play(samples, sample_rate) plays",
        "plt matplotlib sns seaborn plotly bokeh pylab":
          "plot(y), stem(y), response(kernel, fs) and spectrum(x, fs) draw",
        "librosa": "wavfile.read(file) reads sounds, and spectrogram(x, fs) draws one",
        "soundfile sf wave torchaudio pydub scikits audioread":
          "wavfile.read(file) reads sounds, and save((rate, samples), \"name.wav\") writes them",
        "widgets ipywidgets interact": "slider(…), choice(…) and toggle(…) are widgets",
        "IPython": "play(samples, sample_rate) plays, and the value of a line by itself is shown",
        "pd pandas": "table(headers, rows) shows a table",
        "scipy": "of SciPy, cells have signal and wavfile: from scipy import signal",
        "math cmath": "np has its functions: np.sqrt, np.pi",
        "statistics": "np has its functions: np.mean, np.median, np.std",
        "time datetime": "timeit(function, …) measures",
        "os sys pathlib Path glob shutil subprocess io pickle csv":
          "cells see no files but those they load",
        "json yaml": "save(value, file) writes .npy and .safetensors files",
        "itertools functools operator collections more_itertools":
          "write list comprehensions, with several for for products",
        "copy": "write x.copy()",
        "re string": "strings have methods: replace, split, strip",
        "typing dataclasses abc enum": "a cell has no annotations or classes",
        "warnings logging": "remove the line: cells have no warnings to hide",
        "tqdm": "remove it: the reader shows how far a training is",
        "sklearn skimage xgboost":
          "nn.Sequential(…), train(model, data) and accuracy(fit, data) classify",
        "tensorflow tf keras jax jnp flax":
          "networks are written as in PyTorch: nn.Sequential(…), train(model, data)",
        "torchvision PIL cv2 imageio": "image(matrix) draws a matrix",
        "numba cupy dask": "functions take whole arrays, which is fast enough",
        "sympy": "compute with numbers: np has the functions",
        "DataLoader Dataset TensorDataset":
          "dataset(X, y), split and train load data and shuffle it, batch by batch",
        "threading asyncio multiprocessing concurrent":
          "cells run by themselves, each when it is needed",
        "random": generators,
      ]
    ),
    (
      "plt",
      [
        "plot": "write plot(x, y)",
        "stem bar barh": "write stem(x, y)",
        "scatter step fill_between errorbar": "write plot(x, y) or stem(x, y)",
        "hist": "write counts, edges = np.histogram(x), then stem(edges[:-1], counts)",
        "imshow matshow pcolormesh pcolor contourf contour": "write image(matrix)",
        "specgram": "write spectrogram(x, fs)",
        "magnitude_spectrum psd": "write spectrum(x, fs)",
        "phase_spectrum angle_spectrum": "write plot(np.unwrap(np.angle(np.fft.rfft(x))))",
        "semilogx": "write plot(x, y, xscale=\"log\")",
        "semilogy": "write plot(x, y, yscale=\"log\")",
        "loglog": "write plot(x, y, xscale=\"log\", yscale=\"log\")",
        "title suptitle": "write plot(y, title=\"…\")",
        "xlabel": "write plot(y, xlabel=\"…\")",
        "ylabel": "write plot(y, ylabel=\"…\")",
        "xscale": "write plot(y, xscale=\"log\")",
        "yscale": "write plot(y, yscale=\"log\")",
        "ylim": "write plot(y, ylim=(low, high))",
        "xlim axis": "plot a part: plot(x[i:j], y[i:j])",
        "legend": "write plot(x, y, x2, y2, labels=[\"…\", \"…\"])",
        "axhline axvline hlines vlines text annotate": "draw a curve more: plot(x, y, x2, y2)",
        "show figure subplots subplot tight_layout grid colorbar gca gcf cla clf close "
          + "rcParams style ion ioff":
          "remove the line: each plot, stem and image is a figure of its own",
        "savefig": "etude export writes a lesson with its figures",
      ]
    ),
    (
      "str",
      [
        "format": "write an f-string: f\"{x:.2f}\"",
        "find rfind rindex": "write sub in text for whether it is there, or text.split(sub)",
        "index": "write len(text.split(sub)[0])",
        "title capitalize": "write text[0].upper() + text[1:]",
        "casefold": "write text.lower()",
        "center": "write an f-string: f\"{text:^20}\"",
        "ljust": "write an f-string: f\"{text:<20}\"",
        "rjust": "write an f-string: f\"{text:>20}\"",
        "zfill": "write an f-string: f\"{number:05d}\"",
        "splitlines": "write text.split(\"\\\\n\")",
        "partition rsplit rpartition": "write text.split(sep)",
        "removeprefix removesuffix": "write text.replace(part, \"\"), or a slice",
        "isdigit isnumeric isdecimal isalpha isalnum isupper islower isspace":
          "compare the text, or write a list comprehension with in",
        "encode translate maketrans": "strings are text here",
      ]
    ),
    (
      "dict",
      [
        "keys values items get": "write d[\"name\"] for each"
      ]
    ),
  ]
}
