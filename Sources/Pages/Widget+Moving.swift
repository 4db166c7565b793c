import Glibc
import Interpreter

extension Widget {
  /// The current value.
  package var value: WidgetValue {
    switch kind {
    case .slider(_, _, _, _, _, _, let value, _): .number(value)
    case .choice(let options, let selected, _): .option(selected, in: options)
    case .toggle(let isOn, _): .isOn(isOn)
    }
  }

  /// The lesson's value.
  package var lessonValue: WidgetValue {
    switch kind {
    case .slider(_, _, _, _, _, _, _, let value): .number(value)
    case .choice(let options, _, let selected): .option(selected, in: options)
    case .toggle(_, let isOn): .isOn(isOn)
    }
  }

  /// The value after `steps` steps: a slider stops at its ends, a choice wraps around, a toggle
  /// flips. A slider without a step size has a hundred steps.
  package func moved(by steps: Int) -> WidgetValue {
    switch kind {
    case .slider(let start, let stop, let step, let isInteger, let isLogarithmic, _, let value, _):
      if isLogarithmic, start > 0, stop > 0, step == nil {
        let ratio = pow(stop / start, 1 / 100)
        var next = value * pow(ratio, Double(steps))
        // Near the start, integers are more than a hundredth of the way apart.
        if isInteger, next.rounded() == value { next = value + Double(steps.signum()) }
        return .number(clamped(next))
      }
      let width =
        step ?? (isInteger ? max(1, ((stop - start) / 100).rounded()) : (stop - start) / 100)
      guard width != 0 else { return .number(value) }
      // Snapped to the grid, so that a typed value does not shift all later ones.
      let index = ((value - start) / width).rounded() + Double(steps)
      let next = (start + index * width).rounded(likeMultiplesOf: width, from: start)
      return .number(clamped(next))
    case .choice(let options, let selected, _):
      let count = max(1, options.count)
      return .option(((selected + steps) % count + count) % count, in: options)
    case .toggle(let isOn, _): return .isOn(!isOn)
    }
  }

  /// The value of a slider at a fraction of its rail, on the grid that `moved` uses.
  package func value(at fraction: Double) -> WidgetValue {
    guard
      case .slider(let start, let stop, let step, let isInteger, let isLogarithmic, _, _, _) = kind
    else { return value }
    if isLogarithmic, start > 0, stop > 0 {
      // Without a step size, a hundredth of the way.
      let part = step == nil && !isInteger ? (fraction * 100).rounded() / 100 : fraction
      return .number(clamped(start * pow(stop / start, part)))
    }
    let width =
      step ?? (isInteger ? max(1, ((stop - start) / 100).rounded()) : (stop - start) / 100)
    guard width != 0 else { return value }
    let index = ((stop - start) * fraction / width).rounded()
    // The end need not be on the grid, but can be reached.
    if fraction >= 1 { return .number(clamped(stop)) }
    return .number(clamped((start + index * width).rounded(likeMultiplesOf: width, from: start)))
  }

  /// The nearest valid value of a slider: in range, on a step, and an integer where required.
  package func clamped(_ value: Double) -> Double {
    guard case .slider(let start, let stop, let step, let isInteger, _, _, _, _) = kind else {
      return value
    }
    var value = value
    if let step, step != 0 {
      value = start + ((value - start) / step).rounded() * step
      value = value.rounded(likeMultiplesOf: step, from: start)
    }
    if isInteger { value = value.rounded() }
    return min(max(min(start, stop), value), max(start, stop))
  }

  /// The widget with another value.
  package func showing(_ value: WidgetValue) -> Widget {
    var copy = self
    switch (kind, value) {
    case (
      .slider(
        let start, let stop, let step, let isInteger, let isLogarithmic, let unit, _, let old),
      .number(let number)
    ):
      copy.kind = .slider(
        start: start, stop: stop, step: step, isInteger: isInteger, isLogarithmic: isLogarithmic,
        unit: unit, value: number, lessonValue: old)
    case (.choice(let options, let selected, let old), .option):
      copy.kind = .choice(
        options: options, selected: value.index(in: options) ?? selected, lessonSelected: old)
    case (.toggle(_, let old), .isOn(let isOn)):
      copy.kind = .toggle(isOn: isOn, lessonIsOn: old)
    default: break
    }
    return copy
  }
}

extension WidgetValue {
  fileprivate static func option(_ index: Int, in options: [String]) -> WidgetValue {
    .option(index, text: options.indices.contains(index) ? options[index] : nil)
  }
}

extension Double {
  /// Rounded to the decimals of `start` and `step`: 0.3 rather than 0.30000000000000004.
  fileprivate func rounded(likeMultiplesOf step: Double, from start: Double) -> Double {
    for decimals in 0...9 {
      let scale = pow(10, Double(decimals))
      let isWhole = [step, start].allSatisfy { abs(($0 * scale).rounded() - $0 * scale) < 1e-6 }
      if isWhole { return (self * scale).rounded() / scale }
    }
    return self
  }
}
