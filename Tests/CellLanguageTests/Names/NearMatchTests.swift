import CellLanguage
import Testing

@Suite struct NearMatchTests {
  let names = [
    "kernel", "audio", "sample_rate", "np.convolve", "len", "abs", "x", "cutoff", "firwin",
  ]

  @Test(arguments: [
    ("kernal", "kernel"), ("kerenl", "kernel"), ("Kernel", "kernel"), ("AUDIO", "audio"),
    ("sample_rat", "sample_rate"), ("samplerate", "sample_rate"), ("lne", "len"), ("abbs", "abs"),
    ("cut_off", "cutoff"), ("fir_win", "firwin"), ("np.convolv", "np.convolve"), ("X", "x"),
  ])
  func finds(name: String, expected: String) {
    #expect(nearMatch(of: name, among: names) == expected)
  }

  @Test(arguments: ["y", "n", "banana", "kern", "volume", "", "ab", "audition_1"])
  func findsNothing(name: String) {
    #expect(nearMatch(of: name, among: name == "ab" ? ["xy"] : names) == nil)
  }

  @Test func prefersTheNearest() {
    #expect(nearMatch(of: "kernels", among: ["kettles", "kernel"]) == "kernel")
    #expect(nearMatch(of: "same", among: ["same"]) == nil)
    #expect(nearMatch(of: "x1", among: ["x2", "x3"]) == "x2")
  }
}
