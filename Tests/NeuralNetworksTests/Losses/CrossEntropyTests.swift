import NeuralNetworks
import Testing

@Suite("Cross-entropy of single samples")
struct CrossEntropyTests {
  @Test(
    "The class of the largest logit, the first one of equals",
    arguments: [
      ([1, 3, 2], 1),
      ([2, 2, 1], 0),
      ([-.infinity, -.infinity], 0),
      ([1, .nan, 2], 2),
      // Nothing is larger than nan.
      ([.nan, 1, 2], 0),
      ([], 0),
    ] as [([Float], Int)])
  func predictedClass(logits: [Float], expected: Int) {
    #expect(CrossEntropy.predictedClass(logits) == expected)
    #expect(CrossEntropy.predictedClass(logits.lazy.map { $0 }) == expected)
  }
}
