import Interpreter
import Messages
import Terminal

/// A convolution at one step: the kernel under the overlapping part of the signal, the products,
/// their sum, and the output so far. See `height` for its rows.
///
/// Letters: N values x of the signal, M values h of the kernel, step n. The output is the full one,
/// n from 0 to N + M − 2; outside the signal, x is 0.
package struct StepperView: Sendable {
  package var stepper: Stepper
  /// Clamped to the valid steps.
  package var step: Int
  package var isFocused = false

  package init(_ stepper: Stepper, step: Int) {
    self.stepper = stepper
    self.step = step
  }

  private var signal: [Double] { stepper.signal }
  private var kernel: [Double] { stepper.kernel }
  /// With the flip it is convolution; without, correlation, which is what `conv1d` computes.
  private var flips: Bool { stepper.flips }

  /// n, signal, kernel, products, output, and a remark on the flip.
  package static let height = 6

  /// y[n] with or without the flip:
  /// convolution Σ x[n − m] h[m], correlation Σ x[n − M + 1 + m] h[m].
  package func output(at n: Int, flips: Bool) -> Double {
    (0..<kernel.count).reduce(0) { $0 + product(at: n - kernel.count + 1 + $1, n, flips: flips) }
  }

  package func draw(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    guard !rectangle.isEmpty else { return }
    canvas.clipped(to: rectangle) { canvas in
      for row in 0..<min(Self.height, rectangle.height) {
        drawFocus(isFocused, into: &canvas, x: rectangle.x, y: rectangle.y + row, theme: theme)
      }
      guard stepper.outputCount > 0 else {
        canvas.put(
          "no data: signal and kernel need at least one value each", x: rectangle.x + 1,
          y: rectangle.y, style: theme.dim)
        return
      }
      let n = max(0, min(stepper.outputCount - 1, step))
      drawLabels(into: &canvas, in: rectangle, theme: theme)
      drawColumns(into: &canvas, in: rectangle, n: n, theme: theme)
      drawRemark(into: &canvas, in: rectangle, n: n, theme: theme)
    }
  }

  // MARK: Numbers

  private func x(_ index: Int) -> Double { signal.indices.contains(index) ? signal[index] : 0 }

  /// The kernel's value under x[index] at step n.
  private func weight(at index: Int, _ n: Int, flips: Bool) -> Double {
    flips ? kernel[n - index] : kernel[index - (n - kernel.count + 1)]
  }

  private func product(at index: Int, _ n: Int, flips: Bool) -> Double {
    x(index) * weight(at: index, n, flips: flips)
  }

  private func text(_ value: Double) -> String { readable(value, digits: 3) }

  // MARK: Layout

  private func labelWidth(in rectangle: Rectangle) -> Int { rectangle.width >= 50 ? 15 : 4 }

  /// Wide enough for every number with its brackets, so that the columns don't move from step to
  /// step.
  private var columnWidth: Int {
    // Products and sums are hardly wider than the inputs; a sample of those is enough.
    let sample = signal.prefix(200) + kernel.prefix(200)
    return max(6, (sample.map { text($0).count }.max() ?? 0) + 2)
  }

  /// The first visible index, such that the kernel and the sum after it are visible, or at least
  /// the end of the kernel.
  private func firstIndex(visible: Int, n: Int) -> Int {
    let lowest = 1 - kernel.count
    let count = stepper.outputCount - lowest + 1
    guard count > visible else { return lowest }
    // As far left as possible while column n + 1 is visible.
    return max(lowest, n + 2 - visible)
  }

  // MARK: Drawing

  private func drawLabels(into canvas: inout Canvas, in rectangle: Rectangle, theme: Theme) {
    let labels =
      labelWidth(in: rectangle) > 4
      ? ["n", "signal x", flips ? "kernel flipped" : "kernel as is", "products", "output y"]
      : ["n", "x", "h", "xh", "y"]
    for (row, label) in labels.enumerated() {
      canvas.put(label, x: rectangle.x + 1, y: rectangle.y + row, style: theme.dim)
    }
  }

  private func drawColumns(
    into canvas: inout Canvas, in rectangle: Rectangle, n: Int, theme: Theme
  ) {
    let left = rectangle.x + 1 + labelWidth(in: rectangle)
    let width = columnWidth
    let visible = max(1, (rectangle.endX - left) / width)
    let first = firstIndex(visible: visible, n: n)
    let overlap = (n - kernel.count + 1)...n
    let glyphs = canvas.glyphs

    for slot in 0..<visible {
      let index = first + slot
      guard index < stepper.outputCount else {
        if index == stepper.outputCount, n == stepper.outputCount - 1 {
          drawSum(into: &canvas, x: left + slot * width, y: rectangle.y + 3, n: n, theme: theme)
        }
        break
      }
      let x = left + slot * width
      func put(_ text: String, row: Int, style: Style) {
        let indent = max(0, (width - displayWidth(of: text, charset: canvas.charset)) / 2)
        canvas.put(text, x: x + indent, y: rectangle.y + row, style: style)
      }
      put(String(index), row: 0, style: index == n ? theme.strong : theme.dim)
      put(
        text(self.x(index)), row: 1,
        style: signal.indices.contains(index) ? theme.series[0] : theme.dim)
      if overlap.contains(index) {
        put(text(weight(at: index, n, flips: flips)), row: 2, style: theme.accent)
        put(text(product(at: index, n, flips: flips)), row: 3, style: theme.prose)
        if index == overlap.lowerBound {
          canvas.put("[", x: x, y: rectangle.y + 2, style: theme.accent)
        } else {
          canvas.put("+", x: x, y: rectangle.y + 3, style: theme.dim)
        }
        if index == n {
          canvas.put("]", x: x + width - 1, y: rectangle.y + 2, style: theme.accent)
        }
      } else if index == n + 1 {
        drawSum(into: &canvas, x: x, y: rectangle.y + 3, n: n, theme: theme)
      }
      switch index {
      case ..<0: break
      case n:
        put(
          "[\(text(output(at: n, flips: flips)))]", row: 4,
          style: isFocused ? theme.focus : theme.accent)
      case ..<n: put(text(output(at: index, flips: flips)), row: 4, style: theme.prose)
      default: put("?", row: 4, style: theme.dim)
      }
    }
    if first > 1 - kernel.count {
      canvas.put(glyphs.choiceStart, x: left - 1, y: rectangle.y, style: theme.dim)
    }
  }

  private func drawSum(into canvas: inout Canvas, x: Int, y: Int, n: Int, theme: Theme) {
    canvas.put("= " + text(output(at: n, flips: flips)), x: x, y: y, style: theme.strong)
  }

  private func drawRemark(
    into canvas: inout Canvas, in rectangle: Rectangle, n: Int, theme: Theme
  ) {
    let other = text(output(at: n, flips: !flips))
    let values = kernel.prefix(8).map(text).joined(separator: " ")
    let rest = kernel.count > 8 ? " …" : ""
    let remark =
      flips
      ? "without the flip (what conv1d does) y[\(n)] would be \(other)"
      : "with the flip (convolution) y[\(n)] would be \(other)"
    let line = "\(remark)   h = [\(values)\(rest)]"
    let room = rectangle.width - 1
    let isFitting = displayWidth(of: line, charset: canvas.charset) <= room
    canvas.put(
      truncated(isFitting ? line : remark, toWidth: room, charset: canvas.charset),
      x: rectangle.x + 1, y: rectangle.y + 5, style: theme.dim)
  }
}

extension Stepper {
  /// The length of the full convolution, N + M − 1; 0 without a signal or a kernel.
  package var outputCount: Int {
    signal.isEmpty || kernel.isEmpty ? 0 : signal.count + kernel.count - 1
  }
}
