import CellLanguage
import Messages

/// Turns a lesson's text into pages. Errors are recorded in `problems` and shown in place; reading
/// continues.
struct LessonReader {
  let source: SourceText
  /// The same lines as they are parsed, with placeholders for formulas.
  let parsedSource: SourceText
  let file: String
  let formulas: ExtractedFormulas

  private(set) var problems: [Problem] = []
  /// Problems to be shown before the next block.
  var unplaced: [Problem] = []
  /// Problems found before parsing, not yet assigned to blocks; in reverse order of position.
  private var problemsAhead: [Problem] = []
  private(set) var pages: [Page] = []
  private(set) var title: String?
  var links: [LinkReference] = []
  /// Cells, inline values and predictions on the current page so far.
  var cellCount = 0
  var valueCount = 0
  var predictionCount = 0
  /// Whether the current page has reached the maximum length.
  private var isPageFull = false
  /// The explicit ids so far: what has it ("cell"), and where.
  var namedParts: [String: (kind: String, line: Int)] = [:]
  /// The lesson's footnotes, in the order in which it refers to them.
  private(set) var allFootnotes: [MarkdownNode] = []
  /// Those that the current page refers to, in order.
  var footnotes: [MarkdownNode] = []
  /// Their numbers on the page, by those in the lesson.
  var footnoteMarks: [Int: Int] = [:]
  /// The text of the footnotes on all pages so far.
  var footnoteBytes = 0
  /// The id of the task that is being read, for its first check without one.
  var taskName: String?
  /// Finds the positions of inline values and links.
  var finder = PositionFinder()
  /// The line of the block being read.
  var blockLine = 1

  /// The number of the current page, from 1.
  var pageNumber: Int { max(pages.count, 1) }

  static func read(_ text: String, file: String, folder: String) -> Lesson {
    let (source, deepLines) = SourceLimits.limitingNesting(of: SourceText(text))
    let frontMatter = FrontMatter(of: source, file: file)
    let body = source.blankingLines(through: frontMatter.lineCount)
    let outline = BlockOutline(of: body)
    let largeTables = SourceLimits.delimiterRowsOfLargeTables(in: body, outline: outline)
    let extraction = FormulaExtraction(
      from: body, outline: outline, dropping: Set(largeTables.joined()))

    var reader = LessonReader(
      source: body, parsedSource: SourceText(String(decoding: extraction.bytes, as: UTF8.self)),
      file: file, formulas: extraction.formulas)
    for problem in frontMatter.problems { reader.report(problem) }
    if let id = frontMatter.entries["id"], !isFileName(id.value) {
      reader.report(
        line: id.line, column: 1, "'\(id.value)' cannot be a lesson's id",
        "use letters, digits, '-' and '_'")
    }
    for line in deepLines.prefix(1) {
      reader.reportAhead(
        line: line, column: 1,
        "quotes and lists are nested more than \(SourceLimits.nesting) deep here",
        "remove some levels")
    }
    for line in largeTables.compactMap(\.first) {
      reader.reportAhead(
        line: line, column: 1, "this table is too large to be shown",
        "use at most \(SourceLimits.tableColumns) columns, and \(SourceLimits.tableCells) cells per lesson"
      )
    }
    for position in extraction.foreignMarks {
      reader.problemsAhead.append(
        Problem(
          file: file, line: position.line, column: position.column,
          message: "'\\(' and '\\[' do not open formulas",
          hint: "write '$…$', or '$$…$$' for a displayed one", isWarning: true))
    }
    for position in extraction.unclosed {
      reader.reportAhead(
        line: position.line, column: position.column,
        "the formula that '$$' opens here is not closed",
        "close it with '$$' before the next blank line; write '\\$' for a dollar")
    }
    // Reversed, so that the next one can be removed from the end.
    reader.problemsAhead = reader.problemsAhead.sortedByPosition().reversed()
    let document = MarkdownDocument(parsing: extraction.bytes, as: .extended)
    if let root = document.root {
      reader.allFootnotes = root.children.filter { $0.kind == .footnote }
      reader.readPages(root)
      reader.warnOfUnusedFootnotes(outline, used: Set(reader.allFootnotes.map(\.line)))
    }
    return reader.lesson(frontMatter: frontMatter, folder: folder)
  }

  private init(
    source: SourceText, parsedSource: SourceText, file: String, formulas: ExtractedFormulas
  ) {
    self.source = source
    self.parsedSource = parsedSource
    self.file = file
    self.formulas = formulas
  }

  private func lesson(frontMatter: FrontMatter, folder: String) -> Lesson {
    let entries = frontMatter.entries
    let folderName = folder.split(separator: "/").last.map(String.init) ?? "lesson"
    let title = entries["title"]?.value ?? self.title ?? folderName
    var pages = pages
    for index in pages.indices where pages[index].title.isEmpty { pages[index].title = title }
    return Lesson(
      title: title,
      id: entries["id"].map(\.value).flatMap { Self.isFileName($0) ? $0 : nil } ?? folderName,
      version: entries["version"]?.value ?? "1",
      language: entries["language"]?.value ?? "en",
      folder: folder, file: file, pages: pages, links: links,
      problems: problems.sortedByPosition())
  }

  /// Required of a lesson's id, since progress is stored under this name.
  private static func isFileName(_ id: String) -> Bool {
    id.utf8.allSatisfy {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
  }

  // MARK: Problems

  /// Records a problem; unless it is a warning, it is also shown before the next block.
  mutating func report(_ problem: Problem) {
    problems.append(problem)
    if !problem.isWarning { unplaced.append(problem) }
  }

  mutating func report(
    line: Int, column: Int, _ message: String, _ hint: String?, isWarning: Bool = false
  ) {
    report(
      Problem(
        file: file, line: line, column: column, message: message, hint: hint, isWarning: isWarning))
  }

  private mutating func reportAhead(line: Int, column: Int, _ message: String, _ hint: String) {
    problemsAhead.append(
      Problem(file: file, line: line, column: column, message: message, hint: hint))
  }

  /// Reports the problems found ahead before this line.
  private mutating func reportProblemsAhead(beforeLine line: Int) {
    while let problem = problemsAhead.last, problem.line < line {
      problemsAhead.removeLast()
      report(problem)
    }
  }

  /// Records an error in code that displays it itself.
  mutating func record(_ diagnostic: Diagnostic, line: Int, column: Int) {
    problems.append(Problem(diagnostic, file: file, line: line, column: column))
  }

  // MARK: Pages

  /// How the current page began.
  private enum Beginning {
    /// At the start of the lesson; the first '##' will be its title.
    case lesson
    case heading
    case thematicBreak
  }

  private mutating func readPages(_ root: MarkdownNode) {
    var beginning = Beginning.lesson
    // Footnotes come last, wherever they are written.
    let nodes = root.children.filter { $0.kind != .footnote }
    for (index, node) in nodes.enumerated() {
      blockLine = node.line
      let nextLine = index + 1 < nodes.count ? nodes[index + 1].line : .max
      // Problems in a page's title belong to that page.
      defer { reportProblemsAhead(beforeLine: nextLine) }
      switch (node.kind, node.headingLevel) {
      case (.heading, 1):
        readLessonTitle(node)
      case (.heading, 2):
        let title = plainText(of: node)
        if beginning == .lesson && pages.count == 1 {
          pages[0].title = title
        } else if beginning == .thematicBreak, let last = pages.indices.last,
          pages[last].blocks.isEmpty
        {
          pages[last] = Page(title: title, blocks: [], line: node.line)
        } else {
          startPage(titled: title, line: node.line)
        }
        beginning = .heading
        checkPageHeading(node, title: title)
      case (.thematicBreak, _):
        guard let last = pages.last, !last.blocks.isEmpty else { continue }
        if beginning == .lesson { reportMissingTitle() }
        startPage(titled: last.title, line: node.line)
        beginning = .thematicBreak
      default:
        if pages.isEmpty { startPage(titled: "", line: node.line) }
        reportProblemsAhead(beforeLine: nextLine)
        guard fitsOnPage(through: nextLine, node) else { continue }
        add(blocks(of: node, depth: 1), fromLines: node.line..<min(nextLine, source.lineCount + 1))
      }
    }
    if beginning == .thematicBreak, pages.last?.blocks.isEmpty == true { pages.removeLast() }
    if pages.isEmpty {
      startPage(titled: "", line: 1)
      report(line: 1, column: 1, "the lesson has no pages", "start one with '## …'")
    } else if beginning == .lesson {
      reportMissingTitle()
    }
    reportProblemsAhead(beforeLine: .max)
    endPage()
  }

  /// Adds blocks to the current page, with the Markdown that they were read from.
  private mutating func add(_ blocks: [Block], fromLines lines: Range<Int>) {
    let page = pages.count - 1
    let first = pages[page].blocks.count
    pages[page].blocks += blocks
    guard let text = source.text(ofLines: lines) else { return }
    pages[page].sources.append(
      MarkdownSource(text: text, blocks: first..<pages[page].blocks.count))
  }

  /// Whether the page has room for the block that ends before `nextLine`; otherwise reports it once.
  private mutating func fitsOnPage(through nextLine: Int, _ node: MarkdownNode) -> Bool {
    let start = source.offset(ofLine: pages[pages.count - 1].line)
    guard source.offset(ofLine: nextLine) - start > SourceLimits.pageBytes else { return true }
    if !isPageFull {
      report(
        line: node.line, column: 1,
        "this page is longer than \(SourceLimits.pageBytes / 1000) kB; the rest of it is left "
          + "out", "start another page with '## …'")
    }
    isPageFull = true
    return false
  }

  private mutating func startPage(titled title: String, line: Int) {
    // Problems stay on their own page; those of the front matter go to the first page.
    endPage()
    pages.append(Page(title: title, blocks: [], line: line))
    isPageFull = false
    cellCount = 0
    valueCount = 0
    predictionCount = 0
  }

  private mutating func endPage() {
    guard let last = pages.indices.last else { return }
    let footnotes = takeFootnotes()
    pages[last].blocks += footnotes + takeUnplacedProblems()
  }

  /// Takes the problems found since the last block.
  mutating func takeUnplacedProblems() -> [Block] {
    defer { unplaced = [] }
    return unplaced.map(Block.problem)
  }

  private mutating func readLessonTitle(_ node: MarkdownNode) {
    guard let title else {
      title = plainText(of: node)
      return
    }
    report(
      line: node.line, column: 1, "a second '#' heading; the lesson's title is '\(title)'",
      "write '##' to start a page, '###' for a heading on the page")
  }

  private mutating func checkPageHeading(_ node: MarkdownNode, title: String) {
    if title.isEmpty {
      report(line: node.line, column: 1, "this page has no title", "write it after '##'")
    }
    if source[node.line].first(where: { !$0.isSpace }) != UInt8(ascii: "#") {
      report(
        line: node.line, column: 1, "the line of dashes below makes this text a page's title",
        "write '## …' for a title; leave a blank line before '---' for a new page",
        isWarning: true)
    }
  }

  private mutating func reportMissingTitle() {
    report(
      line: pages[0].line, column: 1, "this page has no title", "write '## …' before it")
  }
}
