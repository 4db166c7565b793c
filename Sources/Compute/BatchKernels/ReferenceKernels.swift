/// The kernels as they are meant, in plain loops: what the compiled ones are tested against.
package struct ReferenceKernels: BatchKernels {
  package let name = "reference"

  package init() {}

  package func gather(
    _ plan: GatherPlan, slices: Int, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    rectified: Bool, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
  ) {
    let shape = plan.shape
    for slice in 0..<slices {
      for group in 0..<shape.groups {
        for row in 0..<shape.rows {
          let channel = group * shape.rows + row
          let weights = weights + group * shape.weight_group + row * shape.weight_row
          for run in plan.runs {
            for column in plan.columns[run.columns] {
              var sum = SampleLanes(repeating: bias?[channel] ?? 0)
              for depth in 0..<shape.depth {
                let from =
                  slice * shape.input_slice + (group * shape.depth + depth) * shape.input_depth
                for tap in plan.taps[run.taps] {
                  let weight = weights[depth * shape.weight_depth + tap.weight]
                  sum += weight * (input + from + column.input + tap.input)[lanes: 0]
                }
              }
              if rectified { sum.replace(with: 0, where: sum .< 0) }
              let to = slice * shape.output_slice + channel * shape.output_row + column.output
              (output + to)[lanes: 0] = sum
            }
          }
        }
      }
    }
  }

  package func correlate(
    _ plan: CorrelationPlan, slices: Int, places: UnsafePointer<Float>,
    signal: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>
  ) {
    let shape = plan.shape
    var gradient = gradient
    for group in 0..<shape.groups {
      for row in 0..<shape.rows {
        for column in 0..<shape.columns {
          for span in plan.spans {
            var sum = SampleLanes.zero
            for slice in 0..<slices {
              let from =
                slice * shape.row_slice + (group * shape.rows + row) * shape.row_channel
                + span.row_side
              let other =
                slice * shape.column_slice
                + (group * shape.columns + column) * shape.column_channel + span.column_side
              for index in 0..<span.count {
                sum +=
                  (places + from)[lanes: index]
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

  package func addSums(
    channels: Int, length: Int, slices: Int, values: UnsafePointer<Float>,
    sums: UnsafeMutablePointer<Float>
  ) {
    for channel in 0..<channels {
      var sum = SampleLanes.zero
      for slice in 0..<slices {
        for position in 0..<length {
          sum += values[lanes: (slice * channels + channel) * length + position]
        }
      }
      sums[channel] += sum.sum()
    }
  }

  package func greatest(
    _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      for place in 0..<geometry.places {
        var greatest = SampleLanes(repeating: -.infinity)
        for position in geometry.window(place) {
          let value = input[lanes: row * geometry.length + position]
          greatest.replace(with: value, where: (value .> greatest) .| (value .!= value))
        }
        output[lanes: row * geometry.places + place] = greatest
      }
    }
  }

  package func greatestGradient(
    _ geometry: PoolingGeometry, rows: Int, input: UnsafePointer<Float>,
    output: UnsafePointer<Float>, gradient: UnsafePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>
  ) {
    inputGradient.update(repeating: 0, count: rows * geometry.length * sliceWidth)
    for row in 0..<rows {
      for place in 0..<geometry.places {
        let greatest = output[lanes: row * geometry.places + place]
        var left = gradient[lanes: row * geometry.places + place]
        for position in geometry.window(place) {
          let at = row * geometry.length + position
          let isGreatest = input[lanes: at] .== greatest
          inputGradient[lanes: at] += SampleLanes.zero.replacing(with: left, where: isGreatest)
          left.replace(with: 0, where: isGreatest)
        }
      }
    }
  }

  package func rectifyGradient(
    positions: Int, output: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>
  ) {
    for position in 0..<positions {
      let isPositive = output[lanes: position] .> 0
      gradient[lanes: position] = SampleLanes.zero.replacing(
        with: gradient[lanes: position], where: isPositive)
    }
  }
}
