import CCUDAKernels

/// How operands of several shapes are read for a result: as few axes as possible, and a stride along
/// each, which is 0 where an operand is stretched.
struct BroadcastAxes {
  private(set) var shape: [Int] = []
  /// For each operand.
  private(set) var strides: [[Int]]

  /// - Precondition: the operands can be broadcast to the shape.
  init(of operands: [[Int]], to result: [Int]) {
    let all = operands.map { Self.strides(of: $0, to: result) }
    strides = all.map { _ in [] }
    for (axis, size) in result.enumerated() where size != 1 {
      // Axes that follow each other in all operands are one.
      let joins =
        !shape.isEmpty
        && zip(strides, all).allSatisfy { $0[$0.count - 1] == $1[axis] * size }
      if joins {
        shape[shape.count - 1] *= size
      } else {
        shape.append(size)
      }
      for index in strides.indices {
        if joins { strides[index].removeLast() }
        strides[index].append(all[index][axis])
      }
    }
  }

  private static func strides(of shape: [Int], to result: [Int]) -> [Int] {
    var strides = [Int](repeating: 0, count: result.count)
    var step = 1
    for (axis, size) in shape.enumerated().reversed() {
      if size != 1 { strides[result.count - shape.count + axis] = step }
      step *= size
    }
    return strides
  }
}

extension etude_cuda_elementwise {
  /// - Parameter axes: of one operand or two, at most `etude_cuda_axis_limit`.
  init(_ operation: etude_cuda_operation, _ axes: BroadcastAxes, output: UInt64) {
    self.init()
    self.output = output
    count = Int64(axes.shape.reduce(1, *))
    self.operation = Int32(operation.rawValue)
    self.axes = Int32(axes.shape.count)
    set(&shape, axes.shape)
    set(&a_strides, axes.strides[0])
    if axes.strides.count > 1 { set(&b_strides, axes.strides[1]) }
  }

  /// Writes the first elements of one of the struct's arrays, which are tuples in Swift.
  private func set<Tuple>(_ tuple: inout Tuple, _ values: [Int]) {
    withUnsafeMutableBytes(of: &tuple) { bytes in
      for (index, value) in values.enumerated() {
        bytes.storeBytes(of: Int64(value), toByteOffset: 8 * index, as: Int64.self)
      }
    }
  }
}
