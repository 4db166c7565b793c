import Glibc
import Interpreter
import Messages
import Terminal

extension Widget {
  /// The slider's first value as text; empty for other widgets, as are the texts below.
  package var startText: String {
    guard case .slider(let start, _, _, _, _, _, _, _) = kind else { return "" }
    return readable(start, digits: 6)
  }

  package var stopText: String {
    guard case .slider(_, let stop, _, _, _, _, _, _) = kind else { return "" }
    return readable(stop, digits: 6)
  }

  /// "3 … 1023, in steps of 2".
  package var rangeText: String {
    guard case .slider(_, _, let step, _, _, _, _, _) = kind else { return "" }
    let steps = step.map { ", in steps of \(readable($0, digits: 6))" } ?? ""
    return "\(startText) … \(stopText)\(steps)"
  }

  package var unit: String {
    guard case .slider(_, _, _, _, _, let unit, _, _) = kind else { return "" }
    return unit
  }

  package var valueText: String {
    guard case .slider(_, _, _, _, _, let unit, let value, _) = kind else { return "" }
    return withUnit(readable(value, digits: 6), unit)
  }

  /// The position of a slider's knob, from 0 to 1.
  var fraction: Double {
    guard case .slider(let start, let stop, _, _, let isLogarithmic, _, let value, _) = kind,
      start != stop
    else { return 0 }
    if isLogarithmic, start > 0, stop > 0, value > 0 {
      return log(value / start) / log(stop / start)
    }
    return (value - start) / (stop - start)
  }
}
