import Audio
import Lessons
import Notebook

/// A part of a page: prose, and the cell that ends it with what the cell shows.
struct PageSection {
  /// Blocks with their places on the page.
  var prose: [(index: Int, block: Block)] = []
  var cells: [(index: Int, cell: LessonCell)] = []
}

/// A cell's outputs, gathered to what stands on the page as one thing.
enum PageOutput {
  case text(String)
  case arraySummary(String, sparkline: [Double])
  case widget(FocusTarget, Widget)
  case figure(FocusTarget, Figure)
  case grid(FigureGrid)
  case stepper(FocusTarget, Stepper)
  case player(FocusTarget, [Track])
  case table(headers: [String], rows: [[String]])
  case trainer(FocusTarget, TrainerID)
  case permission(FocusTarget, Permission, isGranted: Bool)
  case check(isPassed: Bool, hint: String)
}

extension Page {
  /// The page in parts, each ending with a cell; the last may have none.
  var sections: [PageSection] {
    var sections: [PageSection] = []
    var current = PageSection()
    for (index, block) in blocks.enumerated() {
      if case .cell(let cell) = block {
        current.cells.append((index, cell))
      } else {
        if !current.cells.isEmpty {
          sections.append(current)
          current = PageSection()
        }
        current.prose.append((index, block))
        // Cells inside of a call-out or a list: their text stands there, their outputs below.
        current.cells += block.cells.map { cell in
          var cell = cell
          cell.display = .hidden
          return (index, cell)
        }
      }
    }
    sections.append(current)
    return sections
  }
}

extension CellResult {
  /// The outputs in order; neighbouring tracks make one player.
  func pageOutputs(cell: String) -> [PageOutput] {
    var result: [PageOutput] = []
    var figures = 0
    var steppers = 0
    var players = 0
    for output in outputs {
      switch output {
      case .text(let text): result.append(.text(text))
      case .arraySummary(let text, let points):
        result.append(.arraySummary(text, sparkline: points))
      case .widget(let widget):
        result.append(.widget(.widget(cell: cell, name: widget.name), widget))
      case .figure(let figure):
        result.append(.figure(.figure(cell: cell, index: figures), figure))
        figures += 1
      case .stepper(let stepper):
        result.append(.stepper(.stepper(cell: cell, index: steppers), stepper))
        steppers += 1
      case .track(let track):
        if case .player(let target, let tracks)? = result.last {
          result[result.count - 1] = .player(target, tracks + [track])
        } else {
          result.append(.player(.player(cell: cell, index: players), [track]))
          players += 1
        }
      case .table(let headers, let rows): result.append(.table(headers: headers, rows: rows))
      case .grid(let grid): result.append(.grid(grid))
      case .trainer(let id):
        result.append(.trainer(.trainer(cell: id.cell, call: id.call), id))
      case .permission(let permission, let isGranted):
        result.append(.permission(.permission(cell: cell), permission, isGranted: isGranted))
      case .check(let isPassed, let hint): result.append(.check(isPassed: isPassed, hint: hint))
      }
    }
    return result
  }
}

extension Snapshot {
  /// The output that a target stands for, as it is now.
  func output(for target: FocusTarget) -> PageOutput? {
    cells[target.cell]?.pageOutputs(cell: target.cell).first { output in
      switch output {
      case .widget(let its, _), .figure(let its, _), .stepper(let its, _), .player(let its, _),
        .trainer(let its, _), .permission(let its, _, _):
        its == target
      case .text, .arraySummary, .table, .grid, .check: false
      }
    }
  }
}
