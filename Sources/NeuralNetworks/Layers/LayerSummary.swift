import Compute
import Messages

/// One layer of a network that is fed with samples of a certain shape.
package struct LayerSummary: Hashable, Sendable {
  /// Its index in the Sequentials, such as "4.0"; empty for a network of one layer.
  package var name: String
  package var layer: Layer
  /// Of one sample.
  package var outputShape: [Int]
  package var parameterCount: Int
  /// Nil where an output depends on all samples, after Flatten, GroupNorm and the mean over the length,
  /// and where it exceeds 64 bits.
  package var receptiveField: ReceptiveField?
}

/// Which samples of the input a value of a layer's output depends on.
package struct ReceptiveField: Hashable, Sendable {
  /// In samples of the input, from the first to the last.
  package var size: Int
  /// Samples of the input from one output value to the next.
  package var jump: Int

  /// After windows of `span` samples, `stride` apart; nil beyond 64 bits.
  func after(span: Int, stride: Int) -> ReceptiveField? {
    let growth = (span - 1).multipliedReportingOverflow(by: jump)
    let size = size.addingReportingOverflow(growth.partialValue)
    let jump = jump.multipliedReportingOverflow(by: stride)
    guard !growth.overflow, !size.overflow, !jump.overflow else { return nil }
    return ReceptiveField(size: size.partialValue, jump: jump.partialValue)
  }
}

extension Layer {
  /// Each layer inside of all Sequentials with the shape that it makes of one sample.
  ///
  /// - Parameter input: the shape of a sample: `[channels, length]` or `[features]`.
  /// - Throws: when shapes do not fit; says which layer, both shapes and the rule.
  package func summary(input: [Int]) throws(Diagnostic) -> [LayerSummary] {
    try Layer.check(sampleShape: input)
    var rows: [LayerSummary] = []
    var shape = input
    var field: ReceptiveField? = ReceptiveField(size: 1, jump: 1)
    var source = "the input"
    let entries = try stateEntries()
    for (name, layer) in leaves {
      shape = try layer.outputShape(of: shape, from: source, name: name)
      field = field.flatMap(layer.receptiveField)
      let prefix = name.isEmpty ? "" : "\(name)."
      let own = entries.filter {
        $0.isParameter && $0.name.hasPrefix(prefix)
          && !$0.name.dropFirst(prefix.count).contains(".")
      }
      rows.append(
        LayerSummary(
          name: name, layer: layer, outputShape: shape,
          parameterCount: own.reduce(0) { $0 + $1.count }, receptiveField: field))
      source = layer.code
    }
    return rows
  }

  private func receptiveField(after field: ReceptiveField) -> ReceptiveField? {
    switch self {
    case .conv1d(let sizes):
      field.after(span: sizes.dilation * (sizes.kernelSize - 1) + 1, stride: sizes.stride)
    case .maxPool1d(let windows), .avgPool1d(let windows):
      field.after(span: windows.span, stride: windows.stride)
    case .activation, .dropout, .batchNorm1d: field
    case .convTranspose1d, .linear, .adaptiveAvgPool1d, .groupNorm, .flatten, .sequential: nil
    }
  }
}
