/// A lesson as its file describes it: pages of blocks, and everything that is wrong with it.
package struct Lesson: Sendable {
  package var title: String
  package var id: String
  package var version: String
  package var language: String
  /// The folder that the lesson may read from; links resolved.
  package var folder: String
  /// The lesson's file, as problems name it.
  package var file: String
  package var pages: [Page]
  package var links: [LinkReference]
  /// What reading the file found: front matter, attributes, syntax. Name analysis is `check`'s.
  package var problems: [Problem]
}

package struct Page: Sendable {
  package var title: String
  package var blocks: [Block]
  /// The first line in the lesson's file, from 1.
  package var line: Int

  package init(title: String, blocks: [Block], line: Int) {
    self.title = title
    self.blocks = blocks
    self.line = line
  }
}

/// Where a lesson links to or shows a file or a page of the web.
package struct LinkReference: Sendable {
  package var destination: String
  package var line: Int
  package var column: Int
}

/// Something wrong with a lesson, as `etude check` prints it: `file:line:column: message; mend`.
package struct Problem: Error, Hashable, Sendable {
  package var file: String
  package var line: Int
  package var column: Int
  package var message: String
  package var mend: String?
  /// A warning does not make `etude check` fail.
  package var isWarning: Bool

  package init(
    file: String, line: Int, column: Int, message: String, mend: String? = nil,
    isWarning: Bool = false
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.mend = mend
    self.isWarning = isWarning
  }
}
