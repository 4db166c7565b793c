import Messages

/// What is wrong with a text that cannot be read: the first error of each statement.
package struct SyntaxFaults: Error, Sendable {
  /// By position; at least one.
  package var faults: [Diagnostic]
  /// The statements that can be read.
  package var readable: Program
  /// The text of the others.
  package var unreadable: [String]

  package init(_ fault: Diagnostic, unreadable: [String]) {
    faults = [fault]
    readable = Program(statements: [])
    self.unreadable = unreadable
  }

  package var first: Diagnostic { faults[0] }
}

extension Program {
  /// Reads a text to its end, whatever is wrong with it.
  ///
  /// - Parameter limit: of the faults that are looked for; nobody reads more.
  package init(reading source: String, faultLimit limit: Int = 25) throws(SyntaxFaults) {
    let start = SourceCursor(source)
    var program = Program(statements: [])
    var faults: [Diagnostic] = []
    var unreadable: [String] = []
    var next: (cursor: SourceCursor, isLineStart: Bool)? = (start, true)
    while let place = next {
      next = nil
      var statementStart = place.cursor
      do throws(Diagnostic) {
        var reader = try Parser(Lexer(place.cursor, allowsIndentation: !place.isLineStart))
        while true {
          while case .newline = reader.current.kind { try reader.advance() }
          if case .end = reader.current.kind { break }
          statementStart = reader.current.start
          let statement = try reader.statement()
          try reader.endOfStatement()
          program.statements.append(statement)
        }
      } catch {
        let recovery = Recovery(from: statementStart, after: error)
        faults.append(recovery.fault)
        next = faults.count < limit ? recovery.next : nil
        unreadable.append(
          (next.map { statementStart.limited(to: $0.cursor) } ?? statementStart).text)
      }
    }
    guard let first = faults.first else {
      self = program
      return
    }
    var result = SyntaxFaults(first, unreadable: unreadable)
    result.faults = faults
    result.readable = program
    throw result
  }

  /// Parses a cell's text.
  /// - Throws: the first error.
  package init(parsing source: String) throws(Diagnostic) {
    do throws(SyntaxFaults) {
      try self.init(reading: source, faultLimit: 1)
    } catch {
      throw error.first
    }
  }
}

/// Where reading goes on after a statement with an error. What belongs to the statement, such as the body
/// of a loop, is left out: its errors would only follow from the first one.
private struct Recovery {
  /// The error, or the bracket that is its cause.
  private(set) var fault: Diagnostic
  /// Nil when nothing is left that can be told apart from the statement.
  private(set) var next: (cursor: SourceCursor, isLineStart: Bool)?

  init(from start: SourceCursor, after error: Diagnostic) {
    fault = error
    let position = error.range?.start ?? start.location
    var lexer = Lexer(start, allowsIndentation: true)
    var isCompound: Bool?
    do throws(Diagnostic) {
      for _ in 0..<Self.tokenLimit {
        let token = try lexer.next()
        if isCompound == nil { isCompound = Self.isCompound(token) }
        switch token.kind {
        case .end:
          guard let open = lexer.openBrackets.first else { return }
          // The bracket takes in all that follows, which is where the parser stumbled.
          if position.line > open.range.start.line {
            fault = Diagnostic(
              "'\(open.bracket)' is not closed",
              hint: "add '\(["(": ")", "[": "]", "{": "}"][open.bracket, default: ")"])'",
              range: open.range)
          }
          next = Self.line(after: open.range.start.line, from: start)
          return
        case .newline where token.range.end.offset > position.offset:
          next = Self.afterBody(from: lexer.cursor, isCompound: isCompound ?? false)
          return
        case .symbol(";")
        where lexer.openBrackets.isEmpty && token.range.start.offset >= position.offset:
          next = (lexer.cursor, false)
          return
        default: break
        }
      }
    } catch {
      // A text in triple quotes takes in all that follows.
      let opening = error.range.map { ($0.end.offset - $0.start.offset) } ?? 0
      if opening >= 3, error.message.hasPrefix("this string") { return }
      let line = max(position.line, error.range?.start.line ?? 0)
      next = Self.line(after: line, from: start)
    }
  }

  /// More than a cell has.
  private static let tokenLimit = 10_000

  private static func isCompound(_ token: Token) -> Bool {
    guard case .keyword(let word) = token.kind else { return false }
    return ["if", "for", "while", "try", "with", "def", "class", "async"].contains(word)
  }

  /// The next line at the left edge that may begin a statement.
  private static func line(
    after line: Int, from start: SourceCursor
  ) -> (cursor: SourceCursor, isLineStart: Bool)? {
    var cursor = start
    while cursor.location.line <= line {
      if cursor.advance() == nil { return nil }
    }
    while let scalar = cursor.peek() {
      if ![" ", "\t", "\n", "#", ")", "]", "}"].contains(scalar) { return (cursor, true) }
      skipLine(&cursor)
    }
    return nil
  }

  /// The line after the indented ones that follow, and after `else` and its like.
  private static func afterBody(
    from start: SourceCursor, isCompound: Bool
  ) -> (cursor: SourceCursor, isLineStart: Bool)? {
    var cursor = start
    while let scalar = cursor.peek() {
      var ahead = cursor
      let word = ahead.take { $0.properties.isXIDContinue }
      let isContinued = isCompound && ["else", "elif", "except", "finally"].contains(word)
      guard isContinued || [" ", "\t", "\n", "#"].contains(scalar) else { return (cursor, true) }
      skipLine(&cursor)
    }
    return nil
  }

  private static func skipLine(_ cursor: inout SourceCursor) {
    while let scalar = cursor.advance(), scalar != "\n" {}
  }
}

extension String {
  /// The words of code that cannot be read, any of which may be a name that it defines.
  package var codeWords: [String] {
    split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init)
  }
}
