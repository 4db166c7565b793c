import Interpreter

extension Vocabulary {
  /// Everything that cells can use.
  package static let standard = Vocabulary(
    builtins: PythonBuiltins.all + Builtins.all, constants: Builtins.constants)
}
