/// What is known of the results of operators, given that they have one.
extension KnownValue {
  static func result(
    of operation: BinaryOperator, _ left: KnownValue?, _ right: KnownValue?
  ) -> KnownValue? {
    // An array or a tensor stays one beside anything that it can be combined with.
    for kind in [ValueKind.array, .tensor] where [left?.kind, right?.kind].contains(kind) {
      return .value(kind)
    }
    guard let left, let right else { return nil }
    if left.isNumber, right.isNumber { return number(of: operation, left, right) }
    switch (operation, left.kind, right.kind) {
    case (.add, .string, .string), (.multiply, .string, _), (.multiply, _, .string):
      return .value(.string)
    case (.add, .list, .list), (.multiply, .list, _), (.multiply, _, .list): return .value(.list)
    case (.add, .tuple, .tuple), (.multiply, .tuple, _), (.multiply, _, .tuple):
      return .value(.tuple)
    default: return nil
    }
  }

  private static func number(
    of operation: BinaryOperator, _ left: KnownValue, _ right: KnownValue
  ) -> KnownValue {
    switch operation {
    case .divide: return .value(.float)
    case .bitwiseAnd, .bitwiseOr, .bitwiseXor:
      if left == right, left == .value(.bool) { return left }
      return [left, right].contains(.number) ? .number : .value(.int)
    case .shiftLeft, .shiftRight: return .value(.int)
    default: break
    }
    if [left, right].contains(.value(.float)) { return .value(.float) }
    // 2 ** -1 is a float.
    if [left, right].contains(.number) || operation == .power { return .number }
    return .value(.int)
  }

  static func result(of operation: UnaryOperator, _ operand: KnownValue?) -> KnownValue? {
    switch (operation, operand) {
    case (.not, _): .value(.bool)
    case (_, .value(.array)?), (_, .value(.tensor)?), (_, .number?), (_, .value(.float)?): operand
    case (_, .value(.int)?), (_, .value(.bool)?): .value(.int)
    default: nil
    }
  }

  static func result(
    of comparison: ComparisonOperator, _ left: KnownValue?, _ right: KnownValue?
  ) -> KnownValue? {
    switch comparison {
    case .isSame, .isNotSame, .contains, .doesNotContain: return .value(.bool)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: break
    }
    for kind in [ValueKind.array, .tensor] where [left?.kind, right?.kind].contains(kind) {
      return .value(kind)
    }
    return left == nil || right == nil ? nil : .value(.bool)
  }

  /// What is known of `base[subscripts]`.
  static func result(of base: KnownValue?, at subscripts: [Subscript]) -> KnownValue? {
    switch base?.kind {
    case .array, .tensor: return base
    default: break
    }
    guard let base, subscripts.count == 1 else { return nil }
    switch subscripts[0] {
    case .slice: return base.slice
    case .ellipsis: return nil
    case .element(let expression):
      switch expression.kind {
      case .integer(let position): return base.item(at: position)
      case .unary(.minus, let operand):
        guard case .integer(let position) = operand.kind else { return base.item() }
        return base.item(at: 0 &- position)
      default: return base.item()
      }
    }
  }
}
