import Compute
import Concurrency
import NeuralNetworks

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
  /// Told how far networks have come that are trained at once.
  package var trainingObserver: AwaitedTraining.Observer?
  /// The fit of a training that was done in an earlier session, where networks are trained at once.
  package var finishedFit: (@Sendable (TrainingRequest) -> Fit?)?
  /// Within `timeit`, where a trainer that waits for the student would make no sense.
  package var isMeasuring = false
  /// What the student allowed this run of the cell to do by pressing Enter.
  package var permissions: Set<Permission> = []
  /// The total time that `timeit` has measured, in seconds.
  package var measuredSeconds = 0.0
  /// For each call of `train` so far, the version of the fit that it returned; 0 for none.
  package internal(set) var fitVersions: [Int] = []
  /// The items of the comprehension in progress that are left, the current one included; 1 outside of
  /// comprehensions.
  var remainingItems = 1
  package internal(set) var unwatchedRuns: [TrainerID: UnwatchedRun] = [:]

  /// Whether the cell has read the score and must run again when it changes.
  package private(set) var usesScore = false
  private let studentScore: Score
  /// What the student set this cell's widgets to, by name.
  private let widgetValues: [String: WidgetValue]
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

  /// For outputs that nobody will see.
  ///
  /// - Parameter count: the number of outputs to keep.
  package mutating func discardOutputs(after count: Int = 0) {
    // A line of text may have been joined to the one before.
    let count = min(count, outputs.count)
    budget.liveBytes -= outputs[count...].reduce(0) { $0 + $1.byteCount }
    outputs.removeSubrange(count...)
    isLineOpen = false
  }

  /// What the student set the widget to; nil while it has the lesson's value.
  package func value(ofWidget name: String) -> WidgetValue? { widgetValues[name] }

  /// From then on the output counts as in use; whoever makes a large one has reserved its memory.
  package mutating func show(_ output: Output) {
    budget.liveBytes += output.byteCount
    outputs.append(output)
    isLineOpen = false
  }

  /// Shows text as `print` does: text after an unfinished line continues that line. Whoever has made
  /// the text has reserved its memory.
  ///
  /// - Parameter endsLine: whether a newline follows, which the text does not contain.
  package mutating func printText(_ text: String, endsLine: Bool) {
    if isLineOpen, case .text(var line)? = outputs.popLast() {
      budget.liveBytes -= Output.text(line).byteCount
      line += text
      show(.text(line))
    } else {
      show(.text(text))
    }
    isLineOpen = !endsLine
  }

  /// Call before making an array.
  package func reserve(shape: [Int], type: ElementType) throws {
    try budget.reserve(
      shape.reduce(Double(type.byteCount)) { $0 * Double($1) },
      for: "an array of shape \(NDArray.describe(shape: shape)) and type \(type.rawValue)")
  }
}
