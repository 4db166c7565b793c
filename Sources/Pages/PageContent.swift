import Interpreter
import Lessons
import Notebook
import Sounds

/// A part of a page: prose, and the cells after it.
struct PageSection {
  /// Blocks with their indices on the page.
  var prose: [(index: Int, block: Block)] = []
  var cells: [(index: Int, cell: LessonCell)] = []
}

/// One or more outputs of a cell that are shown as one item.
package enum PageOutput {
  case passive(PassiveOutput)
  case focusable(FocusTarget, FocusableOutput)
}

/// An output without interaction.
package enum PassiveOutput {
  case text(String)
  case arraySummary(String, sparkline: [Double])
  case grid(FigureGrid)
  case check(isPassed: Bool, hint: String)
}

/// An output that can have the focus, and has keys of its own.
package enum FocusableOutput {
  case widget(Widget)
  case figure(Figure)
  case stepper(Stepper)
  case table(headers: [String], rows: [[String]])
  case player([Track])
  case trainer(TrainerID)
  case permission(Permission, isGranted: Bool)
}

extension Page {
  /// The page in parts, each ending with cells; the last may have none.
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
        // The text of cells inside a call-out or a list is shown there, their outputs below it.
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
  /// The outputs in order; consecutive tracks share a player.
  package func pageOutputs(cell: String) -> [PageOutput] {
    var result: [PageOutput] = []
    var (figures, steppers, players, tables) = (0, 0, 0, 0)
    for output in outputs {
      switch output {
      case .text(let text): result.append(.passive(.text(text)))
      case .arraySummary(let text, let points):
        result.append(.passive(.arraySummary(text, sparkline: points)))
      case .table(let headers, let rows):
        result.append(
          .focusable(.table(owner: cell, index: tables), .table(headers: headers, rows: rows)))
        tables += 1
      case .grid(let grid): result.append(.passive(.grid(grid)))
      case .check(let isPassed, let hint):
        result.append(.passive(.check(isPassed: isPassed, hint: hint)))
      case .widget(let widget):
        result.append(.focusable(.widget(cell: cell, name: widget.name), .widget(widget)))
      case .figure(let figure):
        result.append(.focusable(.figure(cell: cell, index: figures), .figure(figure)))
        figures += 1
      case .stepper(let stepper):
        result.append(.focusable(.stepper(cell: cell, index: steppers), .stepper(stepper)))
        steppers += 1
      case .track(let track):
        if case .focusable(let target, .player(let tracks))? = result.last {
          result[result.count - 1] = .focusable(target, .player(tracks + [track]))
        } else {
          result.append(.focusable(.player(cell: cell, index: players), .player([track])))
          players += 1
        }
      case .trainer(let id):
        result.append(.focusable(.trainer(cell: id.cell, call: id.call), .trainer(id)))
      case .permission(let permission, let isGranted):
        result.append(
          .focusable(.permission(cell: cell), .permission(permission, isGranted: isGranted)))
      }
    }
    return result
  }
}

extension Snapshot {
  /// The current output of a target.
  package func output(for target: FocusTarget) -> FocusableOutput? {
    for case .focusable(target, let output) in cells[target.cell]?.pageOutputs(cell: target.cell)
      ?? []
    { return output }
    return nil
  }
}
