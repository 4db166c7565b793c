import CellLanguage

/// "did you mean np.convolve?", when one of the names is close to what was written.
func nearMatchHint(_ name: String, among names: some Sequence<String>) -> String? {
  nearMatch(of: name, among: names).map { "did you mean \($0)?" }
}
