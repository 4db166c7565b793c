import Concurrency
import Glibc
import Notebook

/// The running cell, and those that did not come back, in the file of the lesson's lock: lines of two
/// hashes, the first of the cell that is running, the others of those that did not come back.
///
/// Written for every run of a cell, a few bytes each time, without waiting for the disk: what was written
/// outlives the process all the same. Only a machine that fails loses it.
final class RunningCellFile: RunningCellRecord {
  /// More cells than anybody lets crash; keeps the file small.
  private static let limit = 100
  /// A cell that has been running for longer when the program quits counts as one that does not come
  /// back. Cells end by themselves after ten seconds.
  static let secondsOfPatience = 15.0

  private let state: Monitor<State>

  private struct State: Sendable {
    /// Nil when nothing may be written any more.
    var lock: FileLock?
    var unreturned: [CellMark]
    var running: CellMark?
    var startTime = 0.0
    /// Cells whose results are being drawn, or whose training is being measured: they are written
    /// among those that did not come back, until they have.
    var showing: [CellMark] = []
    var estimating: [CellMark] = []
  }

  /// Takes over what an earlier session left.
  init(_ lock: FileLock) {
    let text = lock.read(atMost: Line.byteCount * (Self.limit + 1))
    let marks = stride(from: 0, to: text.count, by: Line.byteCount).compactMap {
      Line.mark(text[$0..<min($0 + Line.byteCount, text.count)])
    }
    var unreturned: [CellMark] = []
    for mark in marks where !unreturned.contains(mark) { unreturned.append(mark) }
    state = Monitor(State(lock: lock, unreturned: Array(unreturned.suffix(Self.limit))))
    state.withLock { state in
      Self.writeRunning(&state)
      Self.writeUnreturned(&state)
    }
  }

  var unreturned: Set<CellMark> { state.withLock { Set($0.unreturned) } }

  func willRun(_ cell: CellMark) {
    state.withLock { state in
      state.running = cell
      state.startTime = Clock.now()
      Self.writeRunning(&state)
    }
  }

  func didReturn(_ cell: CellMark) {
    state.withLock { state in
      if state.running == cell {
        state.running = nil
        Self.writeRunning(&state)
      }
      guard state.unreturned.contains(cell) else { return }
      state.unreturned.removeAll { $0 == cell }
      Self.writeUnreturned(&state)
    }
  }

  func willShow(_ cells: [CellMark]) { set(\.showing, to: cells) }
  func didShow() { set(\.showing, to: []) }
  func willEstimate(_ cell: CellMark) { set(\.estimating, to: [cell]) }
  func didEstimate() { set(\.estimating, to: []) }

  private func set(_ cells: WritableKeyPath<State, [CellMark]>, to marks: [CellMark]) {
    state.withLock { state in
      guard state[keyPath: cells] != marks else { return }
      state[keyPath: cells] = marks
      Self.writeUnreturned(&state)
    }
  }

  /// The program quits: a cell that is still running would have come back, unless it has been running
  /// for too long. Nothing is written afterwards.
  func close() {
    state.withLock { state in
      if Clock.now() - state.startTime < Self.secondsOfPatience {
        state.running = nil
        Self.writeRunning(&state)
      }
      (state.showing, state.estimating) = ([], [])
      Self.writeUnreturned(&state)
      state.lock = nil
    }
  }

  // MARK: The file

  private static func writeRunning(_ state: inout State) {
    state.lock?.write(Line.bytes(state.running), at: 0)
  }

  private static func writeUnreturned(_ state: inout State) {
    let marks = state.unreturned + state.showing + state.estimating
    let bytes = marks.prefix(limit).flatMap(Line.bytes)
    state.lock?.write(bytes, at: Line.byteCount)
    state.lock?.truncate(to: Line.byteCount + bytes.count)
  }

  /// Two hashes in hexadecimal, or dashes for no cell.
  private enum Line {
    static let byteCount = 34
    private static let digits = Array("0123456789abcdef".utf8)

    static func bytes(_ mark: CellMark?) -> [UInt8] {
      guard let mark else {
        return [UInt8](repeating: UInt8(ascii: "-"), count: byteCount - 1) + [UInt8(ascii: "\n")]
      }
      return bytes(mark.cell) + [UInt8(ascii: " ")] + bytes(mark.text) + [UInt8(ascii: "\n")]
    }

    private static func bytes(_ hash: UInt64) -> [UInt8] {
      stride(from: 60, through: 0, by: -4).map { digits[Int(hash >> $0 & 15)] }
    }

    /// Nil for a line of dashes, and for anything else.
    static func mark(_ line: ArraySlice<UInt8>) -> CellMark? {
      guard line.count == byteCount else { return nil }
      let hashes = String(decoding: line.dropLast(), as: UTF8.self).split(separator: " ")
        .compactMap { UInt64($0, radix: 16) }
      return hashes.count == 2 ? CellMark(cell: hashes[0], text: hashes[1]) : nil
    }
  }
}

extension FileLock {
  fileprivate func read(atMost count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let length = pread(descriptor, &bytes, count, 0)
    return Array(bytes.prefix(max(0, length)))
  }

  /// Errors have no consequence but that a cell is run again without being asked.
  fileprivate func write(_ bytes: [UInt8], at offset: Int) {
    _ = pwrite(descriptor, bytes, bytes.count, off_t(offset))
  }

  fileprivate func truncate(to count: Int) { ftruncate(descriptor, off_t(count)) }
}
