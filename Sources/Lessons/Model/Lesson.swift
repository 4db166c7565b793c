/// A lesson read from its file: pages of blocks, and the problems found.
package struct Lesson: Sendable {
  package var title: String
  package var id: String
  package var version: String
  package var language: String
  /// The folder that the lesson may read from; symlinks resolved.
  package var folder: String
  /// The lesson's file, as named in problems.
  package var file: String
  package var pages: [Page]
  package var links: [LinkReference]
  /// Problems found while reading: front matter, attributes, syntax. `check` analyses names.
  package var problems: [Problem]
}

package struct Page: Sendable {
  package var title: String
  package var blocks: [Block]
  /// The page as its author wrote it, for formats that are Markdown themselves.
  package var sources: [MarkdownSource] = []
  /// The first line in the lesson's file, from 1.
  package var line: Int

  package init(title: String, blocks: [Block], line: Int) {
    self.title = title
    self.blocks = blocks
    self.line = line
  }
}

/// A block of Markdown as it is written, and the blocks of its page that it became.
package struct MarkdownSource: Hashable, Sendable {
  /// Without the blank lines around it.
  package var text: String
  package var blocks: Range<Int>
}

/// A link to, or an image from, a file or the web.
package struct LinkReference: Sendable {
  package var destination: String
  package var line: Int
  package var column: Int
}

/// A problem in a lesson, printed by `etude check` as `file:line:column: message; hint`.
package struct Problem: Error, Hashable, Sendable {
  package var file: String
  package var line: Int
  package var column: Int
  package var message: String
  package var hint: String?
  /// A warning does not make `etude check` fail.
  package var isWarning: Bool

  package init(
    file: String, line: Int, column: Int, message: String, hint: String? = nil,
    isWarning: Bool = false
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message.shortened(to: 2000)
    self.hint = hint?.shortened(to: 2000)
    self.isWarning = isWarning
  }
}
