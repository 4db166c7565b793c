import Interpreter

/// What can complete the name before the cursor.
struct Completion {
  /// The part of the name that is already there.
  var prefix: String
  /// The candidates with this prefix: arguments of the surrounding call first, then sorted names.
  var candidates: [String] = []

  /// - Parameter names: those that the lesson's cells define.
  init(_ context: CodeContext, vocabulary: Vocabulary, names: some Sequence<String>) {
    let parts = context.name.split(separator: ".", omittingEmptySubsequences: false)
    prefix = parts.last.map(String.init) ?? ""
    guard context.isCode, !context.isInNumber else { return }
    let names = Set(names)
    var arguments: [String] = []
    let others: Set<String>
    if parts.count > 1 {
      let base = parts.dropLast().joined(separator: ".")
      let isModule = vocabulary.modules.contains(base) && !names.contains(base)
      others = Set(isModule ? vocabulary.members(of: base) : vocabulary.methodNames)
    } else {
      others = names.union(vocabulary.topLevelNames).union(Self.keywords)
      if let call = context.call, !names.contains(call), let builtin = vocabulary.builtins[call] {
        arguments = builtin.parameters.filter(\.hasKeyword).map { $0.name + "=" }
      }
    }
    candidates = (arguments + others.sorted()).filter { candidate in
      candidate.hasPrefix(prefix) && (!candidate.hasPrefix("_") || prefix.hasPrefix("_"))
    }
  }

  private static let keywords = [
    "False", "None", "True", "and", "else", "for", "if", "import", "in", "is", "not", "or",
  ]

  /// What all candidates have in common beyond the prefix.
  var commonContinuation: String {
    guard var common = candidates.first else { return "" }
    for candidate in candidates.dropFirst() { common = candidate.commonPrefix(with: common) }
    return String(common.dropFirst(prefix.count))
  }
}

extension Parameter {
  fileprivate var hasKeyword: Bool {
    switch kind {
    case .positional, .keywordOnly: true
    case .variadic, .keywords: false
    }
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
