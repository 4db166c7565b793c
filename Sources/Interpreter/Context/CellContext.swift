import Compute
import Concurrency

/// What a running cell may use, and what it leaves behind.
package struct CellContext {
  /// What the cell shows, in order.
  package var outputs: [Output] = []
  package let cellID: String
  package let files: FileAccess
  package let vocabulary: Vocabulary
  package var budget: Budget
  package let interrupt: Interrupt
  /// Where networks train, and tensors are, unless the cell names another device.
  package let device: DeviceKind

  /// The name on the left when the call is the whole right-hand side of `name = call(…)`, as
  /// widgets need; nil in every other place.
  package internal(set) var assignedName: String?
  package var longWork = LongWork.atOnce
  /// Within `timeit`, where a trainer that waits for the student would make no sense.
  package var isMeasuring = false
  /// What this run of the cell may do: the student pressed Enter for it.
  package var permissions: Set<Permission> = []
  /// How long `timeit` has measured, in seconds.
  package var measuredSeconds = 0.0
  /// For each call of `train` so far, the version of the fit that it gave; 0 for none.
  package internal(set) var fitVersions: [Int] = []
  package internal(set) var unwatchedRuns: [TrainerID: UnwatchedRun] = [:]

  /// Whether the cell has asked for the score, and is to run again when it changes.
  package private(set) var usesScore = false
  private let studentScore: Score
  /// What the student set this cell's widgets to, by name.
  private let widgetValues: [String: WidgetValue]
  /// Whether the last output is a text that `print` has not ended with a line end.
  private var isLineOpen = false

  package init(
    cellID: String = "cell", files: FileAccess = FileAccess(.folders([])),
    vocabulary: Vocabulary, budget: Budget = Budget(), interrupt: Interrupt = Interrupt(),
    device: DeviceKind = .cpu, widgetValues: [String: WidgetValue] = [:], score: Score = Score()
  ) {
    self.cellID = cellID
    self.files = files
    self.vocabulary = vocabulary
    self.budget = budget
    self.interrupt = interrupt
    self.device = device
    self.widgetValues = widgetValues
    studentScore = score
  }

  package mutating func score() -> Score {
    usesScore = true
    return studentScore
  }

  /// What the student set the widget to; nil while it stands at the lesson's value.
  package func value(ofWidget name: String) -> WidgetValue? { widgetValues[name] }

  package mutating func show(_ output: Output) {
    outputs.append(output)
    isLineOpen = false
  }

  /// Shows text as `print` does: what follows a text without a line end continues its line.
  package mutating func printText(_ text: String) throws {
    try reserve(bytes: Double(text.utf8.count), for: "the printed text")
    budget.liveBytes += text.utf8.count + MemoryLayout<Output>.stride
    var text = text
    if isLineOpen, case .text(let start)? = outputs.last {
      outputs.removeLast()
      text = start + text
    }
    isLineOpen = !text.hasSuffix("\n")
    if !isLineOpen { text.removeLast() }
    outputs.append(.text(text))
  }

  /// To be called before anything large is made: throws when it would exceed the cell's memory.
  /// - Parameter wish: what was asked for, as a noun: "an array of shape (1000000000000,)".
  package func reserve(bytes: Double, for wish: @autoclosure () -> String) throws {
    try budget.reserve(bytes, for: wish())
  }

  package func reserve(shape: [Int], type: ElementType) throws {
    try reserve(
      bytes: shape.reduce(Double(type.byteCount)) { $0 * Double($1) },
      for: "an array of shape \(NDArray.describe(shape: shape)) and type \(type.rawValue)")
  }

  /// To be called in long loops: throws when the cell was interrupted or its time is over.
  ///
  /// - Parameter afterLongWork: the time is looked at now; else every 64th time.
  package mutating func checkpoint(afterLongWork: Bool = false) throws {
    if interrupt.isRequested { throw Interrupted() }
    try budget.checkTime(atOnce: afterLongWork)
  }
}
