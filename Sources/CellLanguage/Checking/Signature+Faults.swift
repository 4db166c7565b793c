import Messages

extension Signature {
  /// Why a call does not fit the parameters.
  package struct Fault: Sendable {
    /// What it is about.
    package enum Subject: Sendable {
      case call
      /// By its position among the positional arguments.
      case positional(Int)
      /// By its position among the keyword arguments.
      case keyword(Int)
    }

    package var diagnostic: Diagnostic
    package var subject: Subject
  }

  /// Why a call does not fit, the most telling fault first; empty when it fits.
  ///
  /// - Parameters:
  ///   - count: the number of positional arguments.
  ///   - isOpen: whether there are more of them, whose number is not known.
  package func faults(
    positional count: Int, keywords: [String], isOpen: Bool = false
  ) -> [Fault] {
    let positional = parameters.filter { $0.kind == .positional }
    let named = parameters.filter { $0.kind == .positional || $0.kind == .keywordOnly }
    let takesAll = parameters.contains { $0.kind == .variadic }
    var faults: [Fault] = []
    if count > positional.count, !takesAll {
      faults.append(Fault(diagnostic: tooMany(count), subject: .positional(positional.count)))
    }
    var given = Set(positional.prefix(count).map(\.name))
    var hasUnknownKeyword = false
    for (index, keyword) in keywords.enumerated() {
      guard named.contains(where: { $0.name == keyword }) else {
        guard !parameters.contains(where: { $0.kind == .keywords }) else { continue }
        hasUnknownKeyword = true
        faults.append(
          Fault(diagnostic: unknown(keyword, among: named), subject: .keyword(index)))
        continue
      }
      if !given.insert(keyword).inserted {
        faults.append(
          Fault(
            diagnostic: Diagnostic(
              "\(name) got two values for \(keyword)", hint: "remove one of them"),
            subject: .keyword(index)))
      }
    }
    // A misspelled keyword is not missing as well.
    guard !isOpen, !hasUnknownKeyword else { return faults }
    for parameter in named where parameter.defaultSource == nil && !given.contains(parameter.name) {
      faults.append(
        Fault(
          diagnostic: Diagnostic(
            "\(name) needs an argument for \(parameter.name)", hint: "call it as \(self)"),
          subject: .call))
      // The hint shows all of them.
      break
    }
    return faults
  }

  private func tooMany(_ count: Int) -> Diagnostic {
    let maximum = parameters.count { $0.kind == .positional }
    let keyword = parameters.first { $0.kind == .keywordOnly }
    let taken =
      maximum == 0
      ? "no positional arguments"
      : "\(maximum) positional argument\(maximum == 1 ? "" : "s")"
    return Diagnostic(
      "\(name) takes \(taken), but \(count) \(count == 1 ? "was" : "were") given",
      hint: keyword.map { "name the others, as in \($0.name)=…" } ?? "call it as \(self)")
  }

  private func unknown(_ keyword: String, among parameters: [Parameter]) -> Diagnostic {
    Diagnostic(
      "\(name) has no parameter \(keyword)",
      hint: nearMatch(of: keyword, among: parameters.map(\.name)).map { "did you mean \($0)?" }
        ?? "call it as \(self)")
  }
}
