/// Names that lessons and notebooks elsewhere use, and what takes their place in cells. The rows are in one
/// file for each library.
package enum AbsentNames {
  /// What to use in place of a name, such as "np.load", "plt" or "plt.imshow"; nil for other names.
  package static func hint(for path: String) -> String? { hints[path] }

  /// What takes the place of a path whose first name is not defined: of scipy.signal.lfilter, signal.lfilter.
  ///
  /// - Parameter isBuiltin: whether cells have a name.
  static func hint(forPath path: String, isBuiltin: (String) -> Bool) -> String? {
    for (module, name) in modules where path.hasPrefix(module + ".") {
      let here = name + path.dropFirst(module.count)
      return isBuiltin(here) ? "write \(here)" : hint(for: here) ?? "write \(name) for \(module)"
    }
    return hint(for: path)
  }

  /// What takes the place of an import: of scipy.fft.rfft, that np.fft.rfft needs none.
  static func hint(forImport path: String) -> String? {
    if let hint = hint(for: path) { return hint }
    for (module, name) in modules where path == module || path.hasPrefix(module + ".") {
      return "\(name + path.dropFirst(module.count)) needs no import here"
    }
    return hint(for: String(path.prefix { $0 != "." }))
  }

  /// Modules under their full names, the longer ones first.
  private static let modules: KeyValuePairs<String, String> = [
    "scipy.signal.windows": "signal.windows", "scipy.signal": "signal",
    "scipy.io.wavfile": "wavfile", "scipy.io": "wavfile", "scipy.fft": "np.fft",
    "scipy.fftpack": "np.fft", "numpy": "np", "math": "np", "cmath": "np",
  ]

  static let generators =
    "make a generator: rng = np.random.default_rng(0), then rng.normal(size=100) and its like"

  private static let hints: [String: String] = {
    var hints: [String: String] = [:]
    for (prefix, rows) in numPy + sciPy + pyTorch + python {
      for (names, hint) in rows {
        for name in names.split(separator: " ") {
          hints[prefix.isEmpty ? String(name) : "\(prefix).\(name)"] = hint
        }
      }
    }
    return hints
  }()
}
