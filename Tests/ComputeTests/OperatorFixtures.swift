import Compute
import Foundation
import Testing

/// One call of an operator, forward and backward, as PyTorch answered it.
struct OperatorCase {
  var name: String
  var options: [String: Int]
  /// x, w, b, y, dy, dx, dw, db, as far as there are such.
  var arrays: [String: NDArray]
  /// PyTorch refused the arguments.
  var isError: Bool

  var parameters: ConvolutionParameters {
    get throws {
      var parameters = ConvolutionParameters(
        stride: options["stride"] ?? 1, padding: options["padding"] ?? 0,
        dilation: options["dilation"] ?? 1, groups: options["groups"] ?? 1,
        outputPadding: options["output_padding"] ?? 0)
      if options["same"] == 1 { try parameters.padToSameLength(kernelSize: self["w"].shape[2]) }
      return parameters
    }
  }

  var pooling: PoolingParameters {
    PoolingParameters(
      kernelSize: options["kernel_size"] ?? 1, stride: options["stride"],
      padding: options["padding"] ?? 0, dilation: options["dilation"] ?? 1,
      ceilMode: options["ceil_mode"] == 1, countsPadding: options["count_include_pad"] != 0)
  }

  subscript(array: String) -> NDArray {
    get throws { try #require(arrays[array], "\(name) has no \(array)") }
  }

  /// Those of operators.tsv, by Fixtures/make_operators.py.
  static func oddShapes() throws -> [OperatorCase] {
    try FixtureTable("operators.tsv").rows.map { fields in
      var arrays: [String: NDArray] = [:]
      for field in fields.dropFirst(2) where field != "error" {
        let words = field.split(separator: " ", maxSplits: 1).map(String.init)
        arrays[words[0]] = try FixtureTable.operand(words[1])?.array
      }
      let options = fields[1].split(separator: " ").map { $0.split(separator: "=") }
      return OperatorCase(
        name: fields[0],
        options: Dictionary(
          uniqueKeysWithValues: try options.map { (String($0[0]), try #require(Int($0[1]))) }),
        arrays: arrays, isError: fields.last == "error")
    }
  }

  /// Those of ops.json and ops.safetensors, in the sizes of the lesson's network.
  static func lessonSizes() throws -> [OperatorCase] {
    struct Entry: Decodable {
      var dtype: String
      var shape: [Int]
      var data_offsets: [Int]
    }
    struct Description: Decodable {
      var key: String
      var op: String
      var kernel: Int?
      var stride: Int?
      var padding: Int?
      var dilation: Int?
      var groups: Int?
      var output_padding: Int?
    }
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    let data = try Data(contentsOf: folder.appending(path: "ops.safetensors"))
    let length = data.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    let entries = try JSONDecoder().decode([String: Entry].self, from: data[8..<8 + length])
    let descriptions = try JSONDecoder().decode(
      [Description].self, from: Data(contentsOf: folder.appending(path: "ops.json")))
    return descriptions.map { description in
      var arrays: [String: NDArray] = [:]
      for (name, entry) in entries where name.hasPrefix(description.key + ".") {
        let bytes = data[8 + length + entry.data_offsets[0]..<8 + length + entry.data_offsets[1]]
        let words = stride(from: bytes.startIndex, to: bytes.endIndex, by: 8).map { place in
          bytes[place..<place + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        arrays[String(name.dropFirst(description.key.count + 1))] = NDArray(
          shape: entry.shape,
          elements: entry.dtype == "I64"
            ? .int64(words.map { Int(bitPattern: UInt($0)) })
            : .float64(words.map { Double(bitPattern: $0) }))
      }
      let options = [
        "kernel_size": description.kernel, "stride": description.stride,
        "padding": description.padding, "dilation": description.dilation,
        "groups": description.groups, "output_padding": description.output_padding,
      ]
      return OperatorCase(
        name: description.op, options: options.compactMapValues { $0 }, arrays: arrays,
        isError: false)
    }
  }
}

/// Whether two arrays agree in shape and type, and in each element up to a part of the largest one:
/// where terms cancel, a single element has no more digits than that.
func agreesWithPeak(_ a: NDArray, _ b: NDArray, relative tolerance: Double) -> Bool {
  guard a.shape == b.shape, a.type == b.type else { return false }
  let peak = b.numbers.map(abs).max() ?? 0
  return zip(a.numbers, b.numbers).allSatisfy { abs($0 - $1) <= tolerance * peak }
}

/// The gradient of Σ dy · f(x) with respect to x by central differences.
func numericalGradient(
  at x: NDArray, times dy: NDArray, step: Double = 1e-5, _ f: (NDArray) throws -> NDArray
) throws -> NDArray {
  func value(_ values: [Double]) throws -> Double {
    zip(try f(NDArray(shape: x.shape, values: values)).numbers, dy.numbers).reduce(0) {
      $0 + $1.0 * $1.1
    }
  }
  var values = x.numbers
  let slopes = try values.indices.map { index in
    let here = values[index]
    defer { values[index] = here }
    values[index] = here + step
    let above = try value(values)
    values[index] = here - step
    return (above - (try value(values))) / (2 * step)
  }
  return NDArray(shape: x.shape, values: slopes)
}

/// Values of any shape between -1 and 1 without a pattern.
func noise(_ shape: [Int], seed: UInt64 = 1) -> NDArray {
  NDArray(shape: shape, values: FourierTransformTests.noise(shape.reduce(1, *), seed: seed))
}
