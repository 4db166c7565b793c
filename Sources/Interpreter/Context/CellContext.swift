import Compute
import Concurrency

/// What a running cell may use, and what it produces.
package struct CellContext {
  /// What the cell shows, in order.
  package var outputs: [Output] = []
  package let cellID: String
  package let files: FileAccess
  package let vocabulary: Vocabulary
  package let budget: Budget
  /// Where networks train, and tensors are, unless the cell names another device.
  package let device: DeviceKind

  /// The name on the left when the call is the whole right-hand side of `name = call(…)`, as
  /// widgets need; nil in every other place.
  package internal(set) var assignedName: String?
  package var longWork = LongWork.atOnce
  /// Within `timeit`, where a trainer that waits for the student would make no sense.
  package var isMeasuring = false
  /// What the student allowed this run of the cell to do by pressing Enter.
  package var permissions: Set<Permission> = []
  /// The total time that `timeit` has measured, in seconds.
  package var measuredSeconds = 0.0
  /// For each call of `train` so far, the version of the fit that it returned; 0 for none.
  package internal(set) var fitVersions: [Int] = []
  package internal(set) var unwatchedRuns: [TrainerID: UnwatchedRun] = [:]

  /// Whether the cell has read the score and must run again when it changes.
  package private(set) var usesScore = false
  private let studentScore: Score
  /// What the student set this cell's widgets to, by name.
  private let widgetValues: [String: WidgetValue]
  private var callsUntilCheck = 0
  /// Whether the last output is text that `print` did not end with a newline.
  private var isLineOpen = false

  package init(
    cellID: String = "cell", files: FileAccess = FileAccess(.folders([])),
    vocabulary: Vocabulary, budget: Budget = Budget(),
    device: DeviceKind = .cpu, widgetValues: [String: WidgetValue] = [:], score: Score = Score()
  ) {
    self.cellID = cellID
    self.files = files
    self.vocabulary = vocabulary
    self.budget = budget
    self.device = device
    self.widgetValues = widgetValues
    studentScore = score
  }

  package mutating func score() -> Score {
    usesScore = true
    return studentScore
  }

  /// What the student set the widget to; nil while it has the lesson's value.
  package func value(ofWidget name: String) -> WidgetValue? { widgetValues[name] }

  package mutating func show(_ output: Output) {
    outputs.append(output)
    isLineOpen = false
  }

  /// Shows text as `print` does: text after an unfinished line continues that line.
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

  /// Call before making anything large: throws if it would exceed the cell's memory.
  /// - Parameter purpose: what needs the memory, as a noun: "an array of shape (1000000000000,)".
  package func reserve(bytes: Double, for purpose: @autoclosure () -> String) throws {
    try budget.reserve(bytes, for: purpose())
  }

  package func reserve(shape: [Int], type: ElementType) throws {
    try reserve(
      bytes: shape.reduce(Double(type.byteCount)) { $0 * Double($1) },
      for: "an array of shape \(NDArray.describe(shape: shape)) and type \(type.rawValue)")
  }

  /// Call in loops: throws if the cell was interrupted or its time is up.
  ///
  /// - Parameter afterLongWork: check now rather than at every 64th call.
  package mutating func checkpoint(afterLongWork: Bool = false) throws {
    callsUntilCheck -= 1
    guard afterLongWork || callsUntilCheck <= 0 else { return }
    callsUntilCheck = 64
    try budget.check()
  }
}
