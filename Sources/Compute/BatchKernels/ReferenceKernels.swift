/// The kernels as they are meant, in plain loops: what the compiled ones are tested against, bit for bit.
package struct ReferenceKernels: BatchKernels {
  package let name = "reference"
  package let isFused = true

  package init() {}

  package func loadSamples(
    _ share: Share, _ indices: UnsafeBufferPointer<Int>, size: Int, of data: UnsafePointer<Float>,
    into chunks: UnsafeMutablePointer<Float>
  ) {
    for chunk in share.range(of: chunkCount(ofBatch: indices.count)) {
      for lane in 0..<chunkWidth {
        let sample = chunk * chunkWidth + lane
        for offset in 0..<size {
          chunks[(chunk * size + offset) * chunkWidth + lane] =
            sample < indices.count ? data[indices[sample] * size + offset] : 0
        }
      }
    }
  }

  /// Where denormals count as 0, this and less is below 0. Compared with 0 itself, a ReLU may be compiled to a
  /// maximum, which flushes what it passes on.
  static let largestBelow0 = -Float.leastNormalMagnitude

  package func convForward(
    _ share: Share, _ plan: ConvolutionPlan, chunks: Int, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, relu: Bool, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>, claims: UnsafeMutableBufferPointer<Float>?
  ) {
    let shape = plan.shape
    for chunk in share.range(of: chunks) {
      for group in 0..<shape.groups {
        for row in 0..<shape.rows {
          let channel = group * shape.rows + row
          let weights = weights + group * shape.weight_group + row * shape.weight_row
          for run in plan.runs {
            for column in plan.columns[run.columns] {
              var sum = SampleLanes(repeating: bias?[channel] ?? 0)
              for depth in 0..<shape.depth {
                let from =
                  chunk * shape.input_chunk + (group * shape.depth + depth) * shape.input_depth
                for tap in plan.taps[run.taps] {
                  let weight = weights[depth * shape.weight_depth + tap.weight]
                  sum.addProduct(
                    SampleLanes(repeating: weight),
                    (input + from + column.input + tap.input)[lanes: 0])
                }
              }
              if relu { sum.replace(with: 0, where: sum .<= Self.largestBelow0) }
              let to = chunk * shape.output_chunk + channel * shape.output_row + column.output
              (output + to)[lanes: 0] = sum
            }
          }
        }
      }
    }
  }

  package func weightGradient(
    _ share: Share, _ plan: WeightGradientPlan, chunks: Int, outputs: UnsafePointer<Float>,
    signal: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>, chunkStride: Int
  ) {
    let shape = plan.shape
    for chunk in 0..<chunks {
      for channel in share.range(of: shape.groups * shape.rows) {
        for column in 0..<shape.columns {
          let otherChannel = channel / shape.rows * shape.columns + column
          for (tap, span) in plan.spans.enumerated() {
            let from =
              chunk * shape.row_chunk + channel * shape.row_channel + span.first * chunkWidth
            let other =
              chunk * shape.column_chunk + otherChannel * shape.column_channel + span.column_side
            var sum = SampleLanes.zero
            for index in 0..<span.count {
              sum.addProduct(
                (outputs + from)[lanes: index],
                (signal + other + index * shape.column_step)[lanes: 0])
            }
            let weight = (channel * shape.columns + column) * shape.taps + tap
            gradient[chunk * chunkStride + weight] += sum.sumByHalves
          }
        }
      }
    }
  }

  package func transpose(
    _ share: Share, _ shape: LinearShape, input: UnsafePointer<Float>,
    transposed: UnsafeMutablePointer<Float>
  ) {
    for sample in share.range(of: chunkCount(ofBatch: shape.samples) * chunkWidth) {
      let (chunk, lane) = sample.quotientAndRemainder(dividingBy: chunkWidth)
      for index in 0..<shape.row {
        transposed[sample * shape.row + index] =
          index < shape.inputs ? input[(chunk * shape.inputs + index) * chunkWidth + lane] : 0
      }
    }
  }

  package func linearGradient(
    _ share: Share, _ shape: LinearShape, outputs: UnsafePointer<Float>,
    transposed: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>, adds: Bool,
    parameters: UnsafeMutablePointer<Float>?
  ) {
    for row in share.range(of: shape.outputs) {
      for column in 0..<shape.inputs {
        var sum: Float = 0
        for sample in 0..<shape.samples {
          let (chunk, lane) = sample.quotientAndRemainder(dividingBy: chunkWidth)
          sum.addProduct(
            outputs[(chunk * shape.outputs + row) * chunkWidth + lane],
            transposed[sample * shape.row + column])
        }
        let weight = row * shape.inputs + column
        gradient[weight] = (adds ? gradient[weight] : 0) + sum
      }
    }
  }

  package func biasGradient(
    _ share: Share, channels: Int, length: Int, chunks: Int, values: UnsafePointer<Float>,
    gradient: UnsafeMutablePointer<Float>, chunkStride: Int
  ) {
    for chunk in 0..<chunks {
      for channel in share.range(of: channels) {
        var sum = SampleLanes.zero
        for position in 0..<length {
          sum += values[lanes: (chunk * channels + channel) * length + position]
        }
        gradient[chunk * chunkStride + channel] += sum.sumByHalves
      }
    }
  }

  package func addChunks(
    _ chunks: Int, count: Int, sums: UnsafePointer<Float>, chunkStride: Int,
    gradient: UnsafeMutablePointer<Float>
  ) {
    for chunk in 0..<chunks {
      for index in 0..<count { gradient[index] += sums[chunk * chunkStride + index] }
    }
  }
}

extension SampleLanes {
  /// The sum of the lanes: lane i and i + 8, then i and i + 4, and so on.
  var sumByHalves: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}
