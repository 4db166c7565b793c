/// The kernels as they are meant, in plain loops: the compiled ones are tested against them.
package struct ReferenceKernels: BatchKernels {
  package let name = "reference"

  package init() {}

  package func convForward(
    _ plan: ConvolutionPlan, chunks: Int, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?,
    relu: Bool, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    let shape = plan.shape
    for chunk in 0..<chunks {
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
                  sum += weight * (input + from + column.input + tap.input)[lanes: 0]
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
    _ plan: WeightGradientPlan, chunks: Int, outputs: UnsafePointer<Float>,
    signal: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>
  ) {
    let shape = plan.shape
    var gradient = gradient
    for group in 0..<shape.groups {
      for row in 0..<shape.rows {
        for column in 0..<shape.columns {
          for span in plan.spans {
            var sum = SampleLanes.zero
            for chunk in 0..<chunks {
              let from =
                chunk * shape.row_chunk + (group * shape.rows + row) * shape.row_channel
                + span.row_side
              let other =
                chunk * shape.column_chunk
                + (group * shape.columns + column) * shape.column_channel + span.column_side
              for index in 0..<span.count {
                sum +=
                  (outputs + from)[lanes: index]
                  * (signal + other + index * shape.column_step)[lanes: 0]
              }
            }
            gradient.pointee += sum.sum()
            gradient += 1
          }
        }
      }
    }
  }

  package func biasGradient(
    channels: Int, length: Int, chunks: Int, values: UnsafePointer<Float>,
    sums: UnsafeMutablePointer<Float>
  ) {
    for channel in 0..<channels {
      var sum = SampleLanes.zero
      for chunk in 0..<chunks {
        for position in 0..<length {
          sum += values[lanes: (chunk * channels + channel) * length + position]
        }
      }
      sums[channel] += sum.sum()
    }
  }

  package func maxPool(
    _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
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
    _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafePointer<Float>, gradient: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    inputGradient.update(repeating: 0, count: rows * geometry.length * chunkWidth)
    for row in 0..<rows {
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

  package func reluGradient(
    positions: Int, output: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>
  ) {
    for position in 0..<positions {
      let isPositive = output[lanes: position] .> 0
      gradient[lanes: position] = SampleLanes.zero.replacing(
        with: gradient[lanes: position], where: isPositive)
    }
  }
}
