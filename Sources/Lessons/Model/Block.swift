import CellLanguage

/// A block of a page.
package indirect enum Block: Sendable {
  /// `###` and deeper.
  case heading(level: Int, [Inline])
  case paragraph([Inline])
  /// `start` is nil for a bullet list. A task list's items carry a check mark.
  case list(start: Int?, items: [ListItem])
  case quote([Block])
  /// `> [!NOTE]`, TIP, IMPORTANT, WARNING, CAUTION
  case callout(kind: String, [Block])
  /// `> [!PREDICT]` with answers. Without them it is a call-out, and a problem.
  case prediction(Prediction)
  case table(header: [[Inline]], alignments: [Alignment], rows: [[[Inline]]])
  /// A fence that is shown and not run.
  case code(language: String, text: String)
  case cell(LessonCell)
  /// `$$ … $$`, as TeX.
  case mathematics(String)
  case problem(Problem)
}

package struct ListItem: Sendable {
  package var isChecked: Bool?
  package var blocks: [Block]
}

package enum Alignment: Sendable { case left, center, right }

package indirect enum Inline: Sendable {
  case text(String)
  case code(String)
  case emphasis([Inline])
  case strong([Inline])
  case strikethrough([Inline])
  /// `$ … $`, as TeX.
  case mathematics(String)
  case link([Inline], destination: String)
  /// `{python} e`: an inline value. A syntax error is kept to be shown in place.
  case value(InlineValue)
  case lineBreak
  /// A line end in the source: a space on the screen.
  case softBreak
}

/// An inline value: runs as a cell of its own that defines nothing.
package struct InlineValue: Sendable {
  /// Unique in the lesson.
  package var id: String
  package var source: String
  package var expression: Result<Expression, Diagnostic>
  /// Where the expression starts in the lesson's file.
  package var line: Int
  package var column: Int
}

/// A fence labelled `python`.
package struct LessonCell: Sendable {
  package enum Display: Sendable { case shown, folded, hidden }

  /// The `#id`, else "page-cell" by number ("5-2"). Unique in the lesson.
  package var id: String
  package var source: String
  package var display: Display
  /// `.static`: shown, not run.
  package var isStatic: Bool
  package var program: Result<Program, Diagnostic>
  /// The line in the lesson's file of the cell's first line of text, and the column where the
  /// text starts on it: beyond 1 inside a quote or a list.
  package var line: Int
  package var column: Int
}
