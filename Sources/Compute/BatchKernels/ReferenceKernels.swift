/// The kernels as they are meant, in plain loops: what the compiled ones are tested against, bit for bit.
package struct ReferenceKernels: BatchKernels {
  package let name = "reference"
  package let isFused = true

  package init() {}

  package func convForward(
    _ share: Share, _ plan: ConvolutionPlan, chunks: Int, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, relu: Bool, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
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
              if relu { sum.replace(with: 0, where: sum .< 0) }
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
    signal: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>
  ) {
    let shape = plan.shape
    for channel in share.range(of: shape.groups * shape.rows) {
      for column in 0..<shape.columns {
        let otherChannel = channel / shape.rows * shape.columns + column
        for (tap, span) in plan.spans.enumerated() {
          var sum = SampleLanes.zero
          for chunk in 0..<chunks {
            let from = chunk * shape.row_chunk + channel * shape.row_channel + span.row_side
            let other =
              chunk * shape.column_chunk + otherChannel * shape.column_channel + span.column_side
            for index in 0..<span.count {
              sum.addProduct(
                (outputs + from)[lanes: index],
                (signal + other + index * shape.column_step)[lanes: 0])
            }
          }
          gradient[(channel * shape.columns + column) * shape.taps + tap] += sum.sumByHalves
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
    transposed: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>
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
        gradient[row * shape.inputs + column] += sum
      }
    }
  }

  package func biasGradient(
    _ share: Share, channels: Int, length: Int, chunks: Int, values: UnsafePointer<Float>,
    sums: UnsafeMutablePointer<Float>
  ) {
    for channel in share.range(of: channels) {
      var sum = SampleLanes.zero
      for chunk in 0..<chunks {
        for position in 0..<length {
          sum += values[lanes: (chunk * channels + channel) * length + position]
        }
      }
      sums[channel] += sum.sumByHalves
    }
  }

  package func maxPool(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    for row in share.range(of: rows) {
      for index in 0..<geometry.outputLength {
        var largest = SampleLanes(repeating: -.infinity)
        for position in geometry.window(index) {
          let value = input[lanes: row * geometry.length + position]
          largest.replace(with: value, where: (value .> largest) .| (value .!= value))
        }
        output[lanes: row * geometry.outputLength + index] = largest
      }
    }
  }

  package func maxPoolGradient(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafePointer<Float>, gradient: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    for row in share.range(of: rows) {
      for position in 0..<geometry.length {
        inputGradient[lanes: row * geometry.length + position] = .zero
      }
      for index in 0..<geometry.outputLength {
        let largest = output[lanes: row * geometry.outputLength + index]
        var left = gradient[lanes: row * geometry.outputLength + index]
        for position in geometry.window(index) {
          let at = row * geometry.length + position
          let isLargest = input[lanes: at] .== largest
          inputGradient[lanes: at] += SampleLanes.zero.replacing(with: left, where: isLargest)
          left.replace(with: 0, where: isLargest)
        }
      }
    }
  }

  package func averagePool(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    for row in share.range(of: rows) {
      for index in 0..<geometry.outputLength {
        var sum = SampleLanes.zero
        for position in geometry.window(index) {
          sum += input[lanes: row * geometry.length + position]
        }
        output[lanes: row * geometry.outputLength + index] = sum / Float(geometry.kernelSize)
      }
    }
  }

  package func averagePoolGradient(
    _ share: Share, _ geometry: PoolingGeometry, rows: Int, gradient: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    for row in share.range(of: rows) {
      for position in 0..<geometry.length {
        inputGradient[lanes: row * geometry.length + position] = .zero
      }
      for index in 0..<geometry.outputLength {
        let part =
          gradient[lanes: row * geometry.outputLength + index] / Float(geometry.kernelSize)
        for position in geometry.window(index) {
          inputGradient[lanes: row * geometry.length + position] += part
        }
      }
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
