import Concurrency
import Interpreter
import Messages

/// How long a computation takes.
extension Builtins {
  /// How long a cell may measure, in seconds.
  private static let secondLimit = 60.0

  static let timing: [Builtin] = [
    Builtin(
      "timeit",
      [
        Parameter("function"),
        Parameter("args", kind: .variadic, note: "the positional arguments of the call"),
        Parameter("kwargs", kind: .keywords, note: "its keyword arguments"),
      ],
      """
      How long function(*args, **kwargs) takes, in seconds: the best of several runs, since the \
      others were slowed down by something else. It runs for a tenth of a second, at least 3 times \
      but not beyond 10 seconds; a cell may measure for a minute. In the reader it waits for Enter.
      """
    ) { call in
      let function = try call.arguments.function("function")
      let positional = try call.arguments.list("args")
      let keywords = try call.arguments.list("kwargs").compactMap { pair in
        if case .tuple(let parts) = pair, case .string(let name) = parts[0] {
          (name: name, value: parts[1])
        } else {
          nil
        }
      }
      try call.context.require(.measure, function: "timeit")
      // What the function shows is discarded.
      var context = call.context
      context.isMeasuring = true
      context.outputs = []
      var best = Double.infinity
      var total = 0.0
      var runs = 0
      while runs < 3 && total < 10 || total < 0.1 && runs < 1000 {
        try Budget.check()
        guard call.context.measuredSeconds < secondLimit else {
          throw Diagnostic(
            "the cell has measured for more than \(Int(secondLimit)) seconds and was stopped",
            hint: "measure fewer cases, or smaller ones")
        }
        let start = Clock.now()
        _ = try Budget.releasing {
          try function.call(positional, keywords: keywords, context: &context)
        }
        context.discardOutputs()
        let seconds = Clock.now() - start
        // The cell's time limit excludes measuring.
        call.context.measuredSeconds += seconds
        call.context.budget.extend(by: seconds)
        best = min(best, seconds)
        total += seconds
        runs += 1
      }
      return .float(best)
    }
  ]
}
