import Compute
import Concurrency
import Messages
import NeuralNetworks

/// The first of NVIDIA's cards in this computer, or the reason why there is none to compute with.
///
/// Nothing is loaded until somebody asks.
package final class CUDADevice: TrainingDevice {
  package let kind = DeviceKind.cuda
  private let library: String
  /// Blocks of a launch of the training kernel; nil for what suits the card.
  let trainingBlocks: Int?
  private let opening = Monitor<Result<OpenedCard, CUDAFailure>?>(nil)

  /// - Parameters:
  ///   - library: the driver; see ``Driver/library``.
  ///   - trainingBlocks: blocks that train; nil for what suits the card. Any number gives the same bits.
  package init(library: String? = nil, trainingBlocks: Int? = nil) {
    self.library = library ?? Driver.library
    self.trainingBlocks = trainingBlocks
  }

  /// How many processors the card has, each of which can run some blocks; 0 when there is none.
  package var multiprocessorCount: Int { openedCard?.card.multiprocessorCount ?? 0 }

  /// The card; looked for once.
  private var opened: Result<OpenedCard, CUDAFailure> {
    opening.withLock { [library] opening in
      if let opening { return opening }
      let result = Result { () throws(CUDAFailure) in
        try OpenedCard(Card(Driver(library: library)))
      }
      opening = result
      return result
    }
  }

  private var openedCard: OpenedCard? { try? opened.get() }

  package var name: String { openedCard?.card.name ?? "CUDA" }

  package var details: String {
    guard let card = openedCard?.card else { return "" }
    let driver = card.driver.version
    return "compute capability \(card.version.major).\(card.version.minor), "
      + "driver for CUDA \(driver / 1000).\(driver % 1000 / 10)"
  }

  package var memory: Int? { openedCard?.card.memory }

  package var reason: String? {
    switch opened {
    case .success(let opened): opened.card.failure?.sentence
    case .failure(let failure): failure.sentence
    }
  }

  /// Works with the card; failures become sentences.
  func use<Result>(
    _ body: (OpenedCard) throws(CUDAFailure) -> Result
  ) throws(Diagnostic) -> Result {
    do throws(CUDAFailure) {
      return try body(opened.get())
    } catch {
      throw error.diagnostic
    }
  }
}

/// A card, and the queue of the operators on tensors.
struct OpenedCard: Sendable {
  let card: Card
  let stream: Stream

  init(_ card: Card) throws(CUDAFailure) {
    self.card = card
    stream = try Stream(card)
  }
}
