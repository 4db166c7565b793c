import CCMark
import Synchronization

/// A parsed Markdown text; owns cmark-gfm's tree of nodes.
struct MarkdownDocument: ~Copyable {
  /// `.extended` adds tables, ~~strikethrough~~ and footnotes.
  enum Dialect { case common, extended }

  private let pointer: OpaquePointer?

  init(parsing text: [UInt8], as dialect: Dialect) {
    pointer =
      parserLock.withLock { _ in
        // Safe to call repeatedly.
        cmark_gfm_core_extensions_ensure_registered()
        let parser = cmark_parser_new(
          dialect == .extended ? CMARK_OPT_DEFAULT | CMARK_OPT_FOOTNOTES : CMARK_OPT_DEFAULT)
        defer { cmark_parser_free(parser) }
        if dialect == .extended {
          for name in ["table", "strikethrough"] {
            cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
          }
        }
        text.withUnsafeBytes {
          cmark_parser_feed(parser, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
        }
        return NodePointer(value: cmark_parser_finish(parser))
      }.value
    if let pointer { cmark_consolidate_text_nodes(pointer) }
  }

  deinit {
    // cmark frees nodes iteratively, so depth is not a problem here.
    if let pointer { cmark_node_free(pointer) }
  }

  var root: MarkdownNode? { pointer.map(MarkdownNode.init) }

  /// Visits every node in source order, without recursion.
  func forEachNode(_ visit: (MarkdownNode) -> Void) {
    root?.forEachDescendant(visit)
  }
}

/// cmark keeps its extensions and, while it parses, their special characters in global tables.
private let parserLock = Mutex<Void>(())

/// Moves the new tree out of the lock; it is not shared.
private struct NodePointer: @unchecked Sendable {
  var value: OpaquePointer?
}

/// A node of a document, valid during the document's lifetime.
struct MarkdownNode {
  enum Kind {
    case document, quote, list, item, code, html, paragraph, heading, thematicBreak
    case table, tableRow, tableCell
    case text, softBreak, lineBreak, inlineCode, inlineHTML, emphasis, strong, strikethrough
    case link, image, footnoteReference, footnote, other
  }

  let pointer: OpaquePointer

  var kind: Kind {
    // Extensions register node types dynamically, so they are identified by name below.
    switch cmark_node_get_type(pointer) {
    case CMARK_NODE_DOCUMENT: return .document
    case CMARK_NODE_BLOCK_QUOTE: return .quote
    case CMARK_NODE_LIST: return .list
    case CMARK_NODE_ITEM: return .item
    case CMARK_NODE_CODE_BLOCK: return .code
    case CMARK_NODE_HTML_BLOCK: return .html
    case CMARK_NODE_PARAGRAPH: return .paragraph
    case CMARK_NODE_HEADING: return .heading
    case CMARK_NODE_THEMATIC_BREAK: return .thematicBreak
    case CMARK_NODE_TEXT: return .text
    case CMARK_NODE_SOFTBREAK: return .softBreak
    case CMARK_NODE_LINEBREAK: return .lineBreak
    case CMARK_NODE_CODE: return .inlineCode
    case CMARK_NODE_HTML_INLINE: return .inlineHTML
    case CMARK_NODE_EMPH: return .emphasis
    case CMARK_NODE_STRONG: return .strong
    case CMARK_NODE_LINK: return .link
    case CMARK_NODE_IMAGE: return .image
    case CMARK_NODE_FOOTNOTE_REFERENCE: return .footnoteReference
    case CMARK_NODE_FOOTNOTE_DEFINITION: return .footnote
    default: break
    }
    switch String(cString: cmark_node_get_type_string(pointer)) {
    case "table": return .table
    case "table_header", "table_row": return .tableRow
    case "table_cell": return .tableCell
    case "strikethrough": return .strikethrough
    default: return .other
    }
  }

  /// The first line of a block, from 1. Unreliable for inlines.
  var line: Int {
    let line = Int(cmark_node_get_start_line(pointer))
    // A paragraph directly above a table has none; the table has its line.
    guard line == 0, let next = cmark_node_next(pointer) else { return max(line, 1) }
    return max(Int(cmark_node_get_start_line(next)), 1)
  }

  /// The text of a leaf, without its mark-up.
  var literal: String { cmark_node_get_literal(pointer).map { String(cString: $0) } ?? "" }

  /// The text after a fence's opening marks; nil for an indented code block.
  var fenceLabel: String? {
    var length: Int32 = 0
    var offset: Int32 = 0
    var character: CChar = 0
    guard cmark_node_get_fenced(pointer, &length, &offset, &character) != 0 else { return nil }
    return cmark_node_get_fence_info(pointer).map { String(cString: $0) } ?? ""
  }

  var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }

  var destination: String { cmark_node_get_url(pointer).map { String(cString: $0) } ?? "" }

  /// The first number of a numbered list; nil for a bullet list.
  var listStart: Int? {
    cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST
      ? Int(cmark_node_get_list_start(pointer)) : nil
  }

  var alignments: [Alignment] {
    let count = Int(cmark_gfm_extensions_get_table_columns(pointer))
    guard let letters = cmark_gfm_extensions_get_table_alignments(pointer) else { return [] }
    return (0..<count).map {
      switch letters[$0] {
      case UInt8(ascii: "c"): .center
      case UInt8(ascii: "r"): .right
      default: .left
      }
    }
  }

  /// Visits this node and all its descendants in source order, without recursion.
  func forEachDescendant(_ visit: (MarkdownNode) -> Void) {
    guard let iterator = cmark_iter_new(pointer) else { return }
    defer { cmark_iter_free(iterator) }
    while true {
      switch cmark_iter_next(iterator) {
      case CMARK_EVENT_DONE: return
      case CMARK_EVENT_ENTER:
        if let node = cmark_iter_get_node(iterator) { visit(MarkdownNode(pointer: node)) }
      default: continue
      }
    }
  }

  var children: MarkdownChildren { MarkdownChildren(following: cmark_node_first_child(pointer)) }
}

/// The children of a node, in order.
struct MarkdownChildren: Sequence, IteratorProtocol {
  fileprivate var following: OpaquePointer?

  mutating func next() -> MarkdownNode? {
    guard let node = following else { return nil }
    following = cmark_node_next(node)
    return MarkdownNode(pointer: node)
  }
}
