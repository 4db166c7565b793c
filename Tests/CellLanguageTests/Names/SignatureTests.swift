import CellLanguage
import Testing

@Suite struct SignatureTests {
  @Test(
    arguments: [
      (Signature("nn.ReLU"), "nn.ReLU()"),
      (
        Signature(
          "np.pad",
          [
            .init("array"), .init("mode", default: "'constant'"),
            .init("constant_values", kind: .keywordOnly, default: "0"),
            .init("stat_length", kind: .keywordOnly, default: "None"),
          ]), "np.pad(array, mode='constant', *, constant_values=0, stat_length=None)"
      ),
      (
        Signature(
          "timeit",
          [
            .init("function"), .init("args", kind: .variadic),
            .init("repeat", kind: .keywordOnly, default: "3"), .init("kwargs", kind: .keywords),
          ]), "timeit(function, *args, repeat=3, **kwargs)"
      ),
    ])
  func isWrittenAsInPython(signature: Signature, text: String) {
    #expect(signature.description == text)
  }
}
