import CellLanguage
import Interpreter
import Lessons

/// Whether two parts are one part before and after a correction. In doubt they are not: an answer that
/// waits in the file can be given again, but one that counts for another question is false.

extension QuestionIdentity {
  /// How the question would read after its mistakes have been corrected.
  func isCorrected(as other: QuestionIdentity) -> Bool {
    let options = OptionChanges(from: self, to: other)
    if Wording(prompt) == Wording(other.prompt) {
      return options.isSame || options.kept.contains { $0 != nil }
    }
    // Which answers are right tells a correction from a question turned around ("higher", "lower").
    return options.isSame && options.keepsRight
      && Wording(prompt).isCorrected(as: Wording(other.prompt), allowsNewWords: true)
  }

  /// Where the option that was chosen is now; nil when it is gone.
  func index(ofChosen text: String, _ number: Int, in later: QuestionIdentity) -> Int? {
    let equal = later.options.indices.filter { later.options[$0] == text }
    if let first = equal.first { return equal.contains(number) ? number : first }
    guard let old = options.firstIndex(of: text) else { return nil }
    return OptionChanges(from: self, to: later).kept[old]
  }
}

/// What became of a question's options.
private struct OptionChanges {
  /// Where each option is in the later version, its wording perhaps corrected; nil for one that is gone.
  var kept: [Int?]
  /// Whether the later version has these options and no others.
  var isSame: Bool
  /// Whether all of them are right, or wrong, as they were.
  var keepsRight: Bool

  init(from earlier: QuestionIdentity, to later: QuestionIdentity) {
    var kept = [Int?](repeating: nil, count: earlier.options.count)
    var free = Set(later.options.indices)
    for (index, option) in earlier.options.enumerated() {
      guard let same = free.filter({ later.options[$0] == option }).min() else { continue }
      kept[index] = same
      free.remove(same)
    }
    let gone = kept.indices.filter { kept[$0] == nil }
    let corrected = gone.map { old in
      free.filter { new in
        earlier.right.contains(old) == later.right.contains(new)
          && Wording(earlier.options[old])
            .isCorrected(as: Wording(later.options[new]), allowsNewWords: false)
      }
    }
    for (old, candidates) in zip(gone, corrected) {
      guard candidates.count == 1, let new = candidates.first,
        corrected.count(where: { $0.contains(new) }) == 1
      else { continue }
      kept[old] = new
      free.remove(new)
    }
    self.kept = kept
    isSame = free.isEmpty && !kept.contains(nil)
    keepsRight = kept.enumerated().allSatisfy { old, new in
      new.map { earlier.right.contains(old) == later.right.contains($0) } ?? true
    }
  }
}

extension CellIdentity {
  /// What decides what the cell does.
  var canonicalText: String { CellLanguage.canonicalText(of: source) }

  /// The names that it defines for other cells.
  private var definitions: Set<String> {
    guard let program = try? Program(parsing: source) else { return [] }
    return Set(NameAnalysis(of: program).definitions.map(\.name).filter { !$0.hasPrefix("_") })
  }

  func isCorrected(as other: CellIdentity) -> Bool {
    guard (task == nil) == (other.task == nil) else { return false }
    let (ours, theirs) = (Wording(canonicalText), Wording(other.canonicalText))
    if let task, let otherTask = other.task {
      // A task is what its check decides: the same task may have a corrected check, but with the same
      // numbers, and only if it still says the same.
      return Wording(task).isCorrected(as: Wording(otherTask), allowsNewWords: false)
        && ours.numbers == theirs.numbers && ours.isSimilar(to: theirs)
    }
    // A lesson defines a name once, so these are versions of one cell.
    let names = definitions
    if !names.isEmpty || !other.definitions.isEmpty { return names == other.definitions }
    return ours.isSimilar(to: theirs)
  }
}

/// The words, numbers and signs of a text, without case and punctuation.
private struct Wording: Equatable {
  private var tokens: [Token] = []
  /// Longer texts are compared as a whole only.
  private static let limit = 500

  private enum Token: Equatable {
    case word([Character])
    case number(String)
    case sign(Character)

    var isWord: Bool {
      if case .word = self { true } else { false }
    }
  }

  init(_ text: String) {
    var rest = text.lowercased()[...]
    while let first = rest.first {
      if first.isNumber {
        let number = rest.prefix { $0.isNumber || $0 == "." }
        // A full stop after a number ends the sentence.
        tokens.append(.number(number.hasSuffix(".") ? String(number.dropLast()) : String(number)))
        rest = rest.dropFirst(number.count)
      } else if first.isLetter {
        let word = rest.prefix(while: \.isLetter)
        tokens.append(.word(Array(word)))
        rest = rest.dropFirst(word.count)
      } else {
        if !first.isWhitespace, !".,;:!?\"'“”‘’„…()".contains(first) { tokens.append(.sign(first)) }
        rest = rest.dropFirst()
      }
    }
  }

  /// The numbers, in order.
  var numbers: [String] {
    tokens.compactMap { token in
      if case .number(let number) = token { number } else { nil }
    }
  }

  /// Whether only spelling is different.
  ///
  /// - Parameter allowsNewWords: whether some words may have come or gone, too; none may be another one.
  func isCorrected(as other: Wording, allowsNewWords: Bool) -> Bool {
    if self == other { return true }
    let (short, long) = tokens.count < other.tokens.count ? (self, other) : (other, self)
    guard long.tokens.count <= Self.limit,
      allowsNewWords || short.tokens.count == long.tokens.count,
      short.tokens.count * 4 >= long.tokens.count * 3
    else { return false }
    // The shorter text must be all there, in order.
    var next = 0
    for token in long.tokens {
      if next < short.tokens.count, Self.isSame(short.tokens[next], token) {
        next += 1
      } else if !token.isWord {
        return false
      }
    }
    return next == short.tokens.count
  }

  /// Whether four of five tokens are the same, in the same order.
  func isSimilar(to other: Wording) -> Bool {
    let longest = max(tokens.count, other.tokens.count)
    guard longest > 0, longest <= Self.limit else { return false }
    // The length of the longest common subsequence.
    var lengths = [Int](repeating: 0, count: other.tokens.count + 1)
    for token in tokens {
      var diagonal = 0
      for (index, otherToken) in other.tokens.enumerated() {
        let above = lengths[index + 1]
        lengths[index + 1] =
          token == otherToken ? diagonal + 1 : max(above, lengths[index])
        diagonal = above
      }
    }
    return (lengths.last ?? 0) * 5 >= longest * 4
  }

  /// Whether one is the other, perhaps with one letter mistyped. In short words, another letter makes
  /// another word.
  private static func isSame(_ a: Token, _ b: Token) -> Bool {
    guard case .word(var a) = a, case .word(var b) = b else { return a == b }
    let length = max(a.count, b.count)
    while let last = a.last, last == b.last {
      a.removeLast()
      b.removeLast()
    }
    let prefix = zip(a, b).prefix { $0 == $1 }.count
    (a, b) = (Array(a.dropFirst(prefix)), Array(b.dropFirst(prefix)))
    switch (a.count, b.count) {
    case (0, 0), (0, 1), (1, 0): return true
    case (1, 1): return length > 3
    case (2, 2): return a[0] == b[1] && a[1] == b[0]
    default: return false
    }
  }
}
