import Compute
import Concurrency

/// The threads that compute a network: all of a team, or one alone where that is faster. Both give the same
/// bits.
final class NetworkTeam {
  private let team: ThreadTeam
  private var choice = ThreadChoice()

  init(_ team: ThreadTeam) { self.team = team }

  private var isAlone: Bool { team.count == 1 || choice.isAlone }

  /// Calls `body` on each of the threads, with its share and a function that waits for the others; returns
  /// when all have returned.
  func run(_ body: @escaping (_ share: Share, _ synchronize: () -> Void) -> Void) {
    guard !isAlone else { return body(.all) {} }
    team.run { [team] index in
      body(Share(index, of: team.count)) { team.synchronize() }
    }
  }

  /// Does the work of a batch of so many samples in training, and learns from its time how many threads to take
  /// for the next ones.
  func timing(samples: Int, _ work: () -> Void) {
    guard team.count > 1 else { return work() }
    let start = Clock.now()
    work()
    choice.note(seconds: Clock.now() - start, samples: samples)
  }
}
