/// The kernels as they are meant, in plain loops: what the compiled ones are tested against.
package struct ReferenceKernels: BatchKernels {
  package let name = "reference"

  private typealias Lanes = SIMD16<Float>

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
              var sum = Lanes(repeating: bias?[channel] ?? 0)
              for depth in 0..<shape.depth {
                let from =
                  slice * shape.input_slice + (group * shape.depth + depth) * shape.input_depth
                for tap in plan.taps[run.taps] {
                  let weight = weights[depth * shape.weight_depth + tap.weight]
                  sum += weight * lanes(input + from + column.input + tap.input)
                }
              }
              if rectified { sum.replace(with: 0, where: sum .< 0) }
              let to = slice * shape.output_slice + channel * shape.output_row + column.output
              UnsafeMutableRawPointer(output + to).storeBytes(of: sum, as: Lanes.self)
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
            var sum = Lanes.zero
            for slice in 0..<slices {
              let from =
                slice * shape.row_slice + (group * shape.rows + row) * shape.row_channel
                + span.row_side
              let other =
                slice * shape.column_slice
                + (group * shape.columns + column) * shape.column_channel + span.column_side
              for index in 0..<span.count {
                sum +=
                  lanes(places + from + index * sliceWidth)
                  * lanes(signal + other + index * shape.column_step)
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
      var sum = Lanes.zero
      for slice in 0..<slices {
        for position in 0..<length {
          sum += lanes(values + ((slice * channels + channel) * length + position) * sliceWidth)
        }
      }
      sums[channel] += sum.sum()
    }
  }

  private func lanes(_ pointer: UnsafePointer<Float>) -> Lanes {
    UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
  }
}
