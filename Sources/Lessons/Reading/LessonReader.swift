import CellLanguage

/// Turns a lesson's text into pages. Whatever is wrong is noted in `problems` and shown where it
/// is; reading goes on.
struct LessonReader {
  let source: SourceText
  let file: String
  let formulas: ExtractedFormulas

  private(set) var problems: [Problem] = []
  /// Problems that the next block is to show in front of itself.
  var unplaced: [Problem] = []
  /// What a look at the text as a whole has found, for the blocks that it is found in.
  private var foundAhead: [Problem] = []
  private(set) var pages: [Page] = []
  private(set) var title: String?
  var links: [LinkReference] = []
  /// Cells, inline values and predictions on the current page so far.
  var cellCount = 0
  var valueCount = 0
  var predictionCount = 0
  /// Whether the current page is as long as pages may be.
  private var isPageFull = false
  /// The explicit ids so far, with their lines.
  var cellLines: [String: Int] = [:]
  /// Where the next inline value or link is looked for.
  var finder = PlaceFinder()
  /// The line of the block that is being read.
  var blockLine = 1

  /// The number of the page that blocks go to, from 1.
  var pageNumber: Int { max(pages.count, 1) }

  static func read(_ text: String, file: String, folder: String) -> Lesson {
    let (source, deepLines) = SourceLimits.limitingNesting(of: SourceText(text))
    let frontMatter = FrontMatter(of: source, file: file)
    let body = source.blankingLines(through: frontMatter.lineCount)
    let outline = BlockOutline(of: body)
    let largeTables = SourceLimits.rulesOfLargeTables(in: body, outline: outline)
    let extraction = FormulaExtraction(
      from: body, outline: outline, dropping: Set(largeTables.joined()))

    var reader = LessonReader(source: body, file: file, formulas: extraction.formulas)
    for problem in frontMatter.problems { reader.report(problem) }
    if let id = frontMatter.entries["id"], !isFileName(id.value) {
      reader.report(
        line: id.line, column: 1, "'\(id.value)' cannot be a lesson's id",
        "use letters, digits, '-' and '_'")
    }
    for line in deepLines.prefix(1) {
      reader.reportAhead(
        line: line, column: 1,
        "quotes and lists are more than \(SourceLimits.nesting) deep here", "take some away")
    }
    for line in largeTables.compactMap(\.first) {
      reader.reportAhead(
        line: line, column: 1, "this table is too large to be shown",
        "keep to \(SourceLimits.tableColumns) columns and \(SourceLimits.tableCells) cells a lesson"
      )
    }
    for place in extraction.unclosed {
      reader.reportAhead(
        line: place.line, column: place.column, "the formula that '$$' opens here has no end",
        "close it with '$$' before the next blank line; write '\\$' for a dollar")
    }
    // The nearest one is the last, where it is taken away quickly.
    reader.foundAhead = reader.foundAhead.sortedByPosition().reversed()
    let document = MarkdownDocument(parsing: extraction.bytes, as: .extended)
    if let root = document.root { reader.readPages(root) }
    return reader.lesson(frontMatter: frontMatter, folder: folder)
  }

  private init(source: SourceText, file: String, formulas: ExtractedFormulas) {
    self.source = source
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

  /// Progress is kept in a file of the lesson's id.
  private static func isFileName(_ id: String) -> Bool {
    id.utf8.allSatisfy {
      $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
  }

  // MARK: Problems

  /// Notes a problem; one that is not a warning is shown in front of the next block, too.
  mutating func report(_ problem: Problem) {
    problems.append(problem)
    if !problem.isWarning { unplaced.append(problem) }
  }

  mutating func report(
    line: Int, column: Int, _ message: String, _ mend: String?, isWarning: Bool = false
  ) {
    report(
      Problem(
        file: file, line: line, column: column, message: message, mend: mend, isWarning: isWarning))
  }

  private mutating func reportAhead(line: Int, column: Int, _ message: String, _ mend: String) {
    foundAhead.append(
      Problem(file: file, line: line, column: column, message: message, mend: mend))
  }

  /// Reports what was found ahead in the lines before this one.
  private mutating func reportFound(beforeLine line: Int) {
    while let problem = foundAhead.last, problem.line < line {
      foundAhead.removeLast()
      report(problem)
    }
  }

  /// Notes what is wrong with a piece of code that itself shows the error.
  mutating func note(_ diagnostic: Diagnostic, line: Int, column: Int) {
    problems.append(Problem(diagnostic, file: file, line: line, column: column))
  }

  // MARK: Pages

  /// How the page that blocks go to began.
  private enum Beginning {
    /// With the lesson; the first '##' is still to give it a title.
    case lesson
    case heading
    case thematicBreak
  }

  private mutating func readPages(_ root: MarkdownNode) {
    var beginning = Beginning.lesson
    let nodes = Array(root.children)
    for (index, node) in nodes.enumerated() {
      blockLine = node.line
      let nextLine = index + 1 < nodes.count ? nodes[index + 1].line : .max
      // What is wrong with the title of a page belongs to that page.
      defer { reportFound(beforeLine: nextLine) }
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
        reportFound(beforeLine: nextLine)
        guard isOnPage(through: nextLine, node) else { continue }
        pages[pages.count - 1].blocks += blocks(of: node, depth: 1)
      }
    }
    if beginning == .thematicBreak, pages.last?.blocks.isEmpty == true { pages.removeLast() }
    if pages.isEmpty {
      startPage(titled: "", line: 1)
      report(line: 1, column: 1, "the lesson has no pages", "start one with '## …'")
    } else if beginning == .lesson {
      reportMissingTitle()
    }
    reportFound(beforeLine: .max)
    pages[pages.count - 1].blocks += placedProblems()
  }

  /// Whether the page has room for what stands before a line; else that is reported once.
  private mutating func isOnPage(through nextLine: Int, _ node: MarkdownNode) -> Bool {
    let start = source.offset(ofLine: pages[pages.count - 1].line)
    guard source.offset(ofLine: nextLine) - start > SourceLimits.pageBytes else { return true }
    if !isPageFull {
      report(
        line: node.line, column: 1,
        "this page is longer than \(SourceLimits.pageBytes / 1_000_000) MB; the rest of it is left "
          + "out", "start another page with '## …'")
    }
    isPageFull = true
    return false
  }

  private mutating func startPage(titled title: String, line: Int) {
    // A page keeps its own problems; those of the front matter go to the first page.
    if let last = pages.indices.last { pages[last].blocks += placedProblems() }
    pages.append(Page(title: title, blocks: [], line: line))
    isPageFull = false
    cellCount = 0
    valueCount = 0
    predictionCount = 0
  }

  /// The problems that were found since the last block.
  mutating func placedProblems() -> [Block] {
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
      report(line: node.line, column: 1, "this page has no title", "write it behind '##'")
    }
    if source[node.line].first(where: { !$0.isSpace }) != UInt8(ascii: "#") {
      report(
        line: node.line, column: 1, "the line of dashes below makes this text a page's title",
        "write '## …' for a title; leave a blank line in front of '---' for a new page",
        isWarning: true)
    }
  }

  private mutating func reportMissingTitle() {
    report(
      line: pages[0].line, column: 1, "this page has no title", "write '## …' in front of it")
  }
}
