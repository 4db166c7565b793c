import CellLanguage
import Interpreter

/// The widgets that a cell's text makes: their names, and the functions.
struct CellWidgets {
  /// Nil for a text that cannot be read: it may have any.
  private(set) var functions: [String: String]?

  init(in source: String) {
    guard let program = try? Program(parsing: source) else { return }
    var functions: [String: String] = [:]
    for statement in program.statements {
      guard case .assignment(let targets, let value) = statement.kind, targets.count == 1,
        case .call(let function, _) = value.kind, case .name(let name) = function.kind,
        NameAnalysis.widgets.contains(name)
      else { continue }
      functions[targets[0].name] = name
    }
    self.functions = functions
  }

  func have(_ name: String, for value: WidgetValue) -> Bool {
    guard let functions else { return true }
    return functions[name].map { Self.accepts($0, value) } ?? false
  }

  static func accepts(_ function: String, _ value: WidgetValue) -> Bool {
    switch value {
    case .number: function == "slider"
    case .option: function == "choice" || function == "choose_device"
    case .isOn: function == "toggle"
    }
  }
}
