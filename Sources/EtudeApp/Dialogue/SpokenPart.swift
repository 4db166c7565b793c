import Pages
import Sounds

/// A line that is said.
enum SpokenLine: Hashable, Sendable {
  /// Whole sentences, wrapped between words.
  case sentence(String)
  /// A line of code, as it is written.
  case code(String)

  var text: String {
    switch self {
    case .sentence(let text), .code(let text): text
    }
  }
}

/// A part of a page in words: said as the page is read, and compared later with what was said.
struct SpokenPart {
  enum Key: Hashable {
    /// A block of prose.
    case block(Int)
    /// Something with a number.
    case thing(FocusTarget)
    /// Another output of a cell.
    case output(cell: String, index: Int)
    /// Where a cell's results begin: nothing that follows is said before they are there.
    case results(cell: String)
    /// Why a cell shows no results.
    case state(cell: String)
  }

  /// How a change of it is told.
  enum Change {
    /// By those of its sentences that are new.
    case newSentences
    /// In other words.
    case instead([SpokenLine])
    /// Not at all: it is said elsewhere, or what has changed is not worth a word.
    case silent
  }

  var key: Key
  var lines: [SpokenLine]
  var change = Change.newSentences
  /// Whether it depends on what cells have computed.
  var isComputed = true
  /// Distinguishes results that are told in the same words.
  var revision = 0
  /// A player's sounds: a new result may play the same ones.
  var tracks: [Track] = []

  /// Whether there is nothing new to tell.
  func isUnchanged(from other: SpokenPart) -> Bool {
    guard lines == other.lines else { return false }
    if revision == other.revision { return true }
    return !tracks.isEmpty
      && tracks.elementsEqual(other.tracks) {
        $0.sampleRate == $1.sampleRate && $0.samples == $1.samples && $0.right == $1.right
      }
  }

  /// Whether it follows another output of the same cell, so that no blank line separates them.
  func sharesCell(with other: Key?) -> Bool {
    guard case .output(let cell, _) = key, case .output(let before, _)? = other else {
      return false
    }
    return cell == before
  }
}

extension String {
  /// As a sentence: with a capital letter, and a full stop at its end.
  var asSentence: String {
    var text = inWords
    if let first = text.first { text = first.uppercased() + text.dropFirst() }
    return text.withFullStop
  }

  /// With a full stop, unless another mark ends it.
  var withFullStop: String { last.map { ".!?:".contains($0) } ?? true ? self : self + "." }

  /// Without the signs that a voice spells out.
  var inWords: String {
    replacing(" … ", with: " to ").replacing("…", with: "...").replacing(" › ", with: ", ")
      .replacing("   ", with: ", ")
  }

  /// The sentences of a text, for telling those that are new.
  var sentences: [String] {
    var result: [String] = []
    var current = ""
    var previous: Character = " "
    for character in self {
      if character.isWhitespace, ".!?".contains(previous) {
        if !current.isEmpty { result.append(current) }
        current = ""
      } else {
        current.append(character)
      }
      previous = character
    }
    return current.isEmpty ? result : result + [current]
  }
}

/// "1 page", "5 pages".
func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}
