import Builtins
import Testing

@Suite struct BuiltinsTests {
  private let all = Builtins.all

  @Test func noNameOccursTwice() {
    let names = all.map(\.name) + Array(Builtins.constants.keys)
    var seen: Set<String> = []
    let repeated = names.filter { !seen.insert($0).inserted }
    #expect(repeated.isEmpty)
  }

  @Test func everyRowIsComplete() {
    for builtin in all {
      #expect(builtin.summary.hasSuffix("."), "\(builtin.name)")
      #expect(!builtin.summary.contains("\n"), "\(builtin.name)")
      let names = builtin.parameters.map(\.name)
      #expect(Set(names).count == names.count, "\(builtin.name)")
    }
  }

  /// Otherwise optional ones could not be left out of a call by position.
  @Test func requiredParametersComeFirst() {
    for builtin in all {
      let positional = builtin.parameters.filter { $0.kind == .positional }
      let firstOptional = positional.firstIndex { $0.defaultValue != nil } ?? positional.endIndex
      #expect(
        positional[firstOptional...].allSatisfy { $0.defaultValue != nil }, "\(builtin.name)")
    }
  }

  @Test func everyMethodTakesItsValueFirst() {
    for builtin in all where builtin.name.hasPrefix("array.") {
      #expect(builtin.parameters.first?.defaultValue == nil, "\(builtin.name)")
      #expect(builtin.parameters.first?.kind == .positional, "\(builtin.name)")
    }
  }

  /// The functions that lessons rely on.
  @Test(
    arguments: """
      np.array np.zeros np.ones np.full np.arange np.linspace np.concatenate np.pad np.abs np.max \
      np.min np.mean np.std np.sum np.cumsum np.sqrt np.sin np.cos np.exp np.log10 np.round \
      np.clip np.sign np.argmax np.argsort np.where np.convolve np.flip np.roll np.real np.imag \
      np.angle np.fft.rfft np.fft.rfftfreq wavfile.read signal.firwin signal.freqz signal.sawtooth \
      signal.square slider choice toggle choose_device plot stem response spectrum spectrogram \
      stepper play table load save timeit abs bool float int len list max min print range round \
      str sum tuple zip enumerate
      """.split(separator: " ").map(String.init))
  func hasEveryFunction(name: String) {
    #expect(all.contains { $0.name == name })
  }
}
