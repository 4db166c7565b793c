import Compute
import Interpreter
import Messages

/// Widgets, which a student can move. A widget is the whole right-hand side of an assignment: the
/// name on the left is its identity, and moving it runs the cell again with the new value.
extension Builtins {
  static let widgets: [Builtin] = [
    Builtin(
      "slider",
      [
        Parameter("start", note: "the lowest value"),
        Parameter("stop", note: "the highest value, included"),
        .optional("step", note: "positions are start, start + step, …"),
        .optional("value", note: "the initial value; start by default"),
        .optional("label", note: "the variable's name by default"),
        Parameter("unit", default: .string(""), note: "shown after the value"),
        Parameter("scale", default: .string("linear"), note: "'linear' or 'log'"),
      ],
      """
      A number to move with the arrow keys: taps = slider(3, 101, step=2, value=11). The result is \
      an int if all the numbers are, else a float. A value outside the range moves to the nearer \
      end, one between two steps to the nearer step.
      """
    ) { call in try slider(&call) },

    Builtin(
      "choice",
      [
        Parameter("options", note: "a list"),
        .optional("value", note: "the initial choice; the first option by default"),
        .optional("label", note: "the variable's name by default"),
      ],
      "A choice from a list: window = choice([\"hamming\", \"hann\"])."
    ) { call in try choice(&call) },

    Builtin(
      "toggle",
      [
        Parameter("value", default: .bool(false), note: "the initial state"),
        .optional("label", note: "the variable's name by default"),
      ],
      "On or off, True or False: flip = toggle(True)."
    ) { call in
      let lessonValue = try call.arguments.bool("value")
      let name = try assignedName(of: call)
      var isOn = lessonValue
      if case .isOn(let set)? = call.context.value(ofWidget: name) { isOn = set }
      let label = try call.arguments.optionalString("label") ?? name
      call.context.show(
        .widget(
          Widget(name: name, label: label, kind: .toggle(isOn: isOn, lessonIsOn: lessonValue))))
      return .bool(isOn)
    },

    Builtin(
      "choose_device", [],
      """
      A choice of PyTorch's devices; the result is the name of an available one, for \
      torch.device(name). For an unavailable device, the reason is shown and the CPU is used.
      """
    ) { call in
      let name = try assignedName(of: call)
      let devices = Devices.all
      let sessionIndex = devices.firstIndex { $0.kind == call.context.device } ?? 0
      let names = devices.map(\.kind.rawValue)
      let selected = call.context.value(ofWidget: name)?.index(in: names) ?? sessionIndex
      call.context.show(
        .widget(
          Widget(
            name: name, label: "device",
            kind: .choice(
              options: names, selected: selected, lessonSelected: sessionIndex))))
      if let reason = devices[selected].reason {
        call.context.show(.text("\(reason) Until you choose another device, the CPU computes."))
      }
      return .string((devices[selected].isAvailable ? devices[selected] : devices[0]).kind.rawValue)
    },
  ]

  /// The variable that a widget is assigned to.
  private static func assignedName(of call: Call) throws -> String {
    guard let name = call.context.assignedName else {
      throw Diagnostic(
        "\(call.builtin.name) must be alone on the right of '='",
        hint: "write x = \(call.builtin.name)(…), and use x")
    }
    return name
  }

  // MARK: slider

  private enum SliderScale: String, CaseIterable { case linear, log }

  private static func slider(_ call: inout Call) throws -> Value {
    let arguments = call.arguments
    let start = try finite("start", of: call)
    let stop = try finite("stop", of: call)
    let step = arguments["step"].isNone ? nil : try finite("step", of: call)
    let value = arguments["value"].isNone ? start : try finite("value", of: call)
    let scale = try arguments.option("scale", SliderScale.self)
    guard start <= stop else {
      throw arguments.error("stop", "is below start", hint: "give the lower bound first")
    }
    if let step, step <= 0 { throw arguments.error("step", "must be above 0") }
    if scale == .log, start <= 0 {
      throw arguments.error("start", "must be above 0 on a logarithmic scale")
    }

    // As in Python, a slider of whole numbers gives whole numbers.
    let isInteger = ["start", "stop", "step", "value"].allSatisfy { parameter in
      switch arguments[parameter] {
      case .int, .bool: true
      case .none: parameter == "step" || parameter == "value"
      default: false
      }
    }
    let positions = SliderPositions(start: start, stop: stop, step: step ?? (isInteger ? 1 : nil))
    let name = try assignedName(of: call)
    let lessonValue = positions.nearest(to: value)
    var current = lessonValue
    if case .number(let set)? = call.context.value(ofWidget: name), set.isFinite {
      current = positions.nearest(to: set)
    }
    // On a logarithmic scale whole numbers restrict where the slider rests, not how far it moves.
    let movement = scale == .log ? step : positions.step
    call.context.show(
      .widget(
        Widget(
          name: name, label: try arguments.optionalString("label") ?? name,
          kind: .slider(
            start: start, stop: stop, step: movement, isInteger: isInteger,
            isLogarithmic: scale == .log, unit: try arguments.string("unit"), value: current,
            lessonValue: lessonValue))))
    return isInteger ? .int(Int(current)) : .float(current)
  }

  /// Whole numbers beyond 2^53 would lose digits as floats.
  private static func finite(_ name: String, of call: Call) throws -> Double {
    let number = try call.arguments.double(name)
    guard abs(number) <= 0x1p53 else {
      throw call.arguments.error(name, "must be between -2**53 and 2**53")
    }
    return number
  }

  // MARK: choice

  private static func choice(_ call: inout Call) throws -> Value {
    let arguments = call.arguments
    let options = try arguments.list("options")
    guard !options.isEmpty else {
      throw arguments.error("options", "is empty", hint: "give at least one option")
    }
    guard options.count <= 1000 else {
      throw arguments.error("options", "has \(options.count) items; at most 1000 can be shown")
    }
    let texts = try options.map { try $0.printedText() }
    var lessonSelected = 0
    if !call.arguments["value"].isNone {
      let wanted = call.arguments["value"]
      guard let index = try ValueComparison.index(of: wanted, in: options) else {
        throw call.arguments.error(
          "value", "is \(wanted.shortRepr), which is not one of the options",
          hint: "use one of \(texts.joined(separator: ", "))")
      }
      lessonSelected = index
    }
    let name = try assignedName(of: call)
    let selected = call.context.value(ofWidget: name)?.index(in: texts) ?? lessonSelected
    call.context.show(
      .widget(
        Widget(
          name: name, label: try call.arguments.optionalString("label") ?? name,
          kind: .choice(options: texts, selected: selected, lessonSelected: lessonSelected))))
    return options[selected]
  }
}
