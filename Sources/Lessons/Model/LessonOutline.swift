/// What the parts of a lesson are and say, by which they are found again in another version of it.
package struct LessonOutline: Sendable {
  package struct Part<Identity: PartIdentity>: Sendable {
    /// In this version of the lesson.
    package var id: String
    /// The numbers of its page and of itself.
    package var position: String
    package var identity: Identity
  }

  package let pages: [PageIdentity]
  /// In the order of the lesson; those inside of lists and quotes are left out.
  package let questions: [Part<QuestionIdentity>]
  /// The cells that run.
  package let cells: [Part<CellIdentity>]
  package let fingerprints: PartFingerprints

  package init(of lesson: Lesson) {
    pages = Self.placed(
      lesson.pages.map { Part(id: "", position: "", identity: PageIdentity(title: $0.title)) }
    ).map(\.identity)
    questions = Self.placed(
      lesson.pages.flatMap { page in
        page.predictions.map {
          Part(
            id: $0.id, position: $0.position, identity: QuestionIdentity($0, on: page.title))
        }
      })
    cells = Self.placed(
      lesson.pages.flatMap { page in
        page.blocks.flatMap { $0.cellsWithTasks(in: nil) }.filter { !$0.cell.isStatic }
          .map { cell, task in
            Part(
              id: cell.id, position: cell.position,
              identity: CellIdentity(cell, task: task, on: page.title))
          }
      })
    var fingerprints = PartFingerprints()
    for identity in questions.map(\.identity) as [any PartIdentity] + cells.map(\.identity) {
      fingerprints.values.append(identity.fingerprint)
      if let name = identity.nameFingerprint { fingerprints.values.append(name) }
    }
    self.fingerprints = fingerprints
  }

  /// Numbers the parts that say the same.
  private static func placed<Identity: PartIdentity>(
    _ parts: [Part<Identity>]
  ) -> [Part<Identity>] {
    let keys = parts.map {
      StatementOnPage(page: $0.identity.place.page, statement: $0.identity.statement)
    }
    var (counts, countsOnPages) = ([String: Int](), [StatementOnPage: Int]())
    for key in keys {
      counts[key.statement, default: 0] += 1
      countsOnPages[key, default: 0] += 1
    }
    var (placed, placedOnPages) = ([String: Int](), [StatementOnPage: Int]())
    return zip(parts, keys).map { part, key in
      placed[key.statement, default: 0] += 1
      placedOnPages[key, default: 0] += 1
      var part = part
      part.identity.place.inLesson = Place.Ordinal(
        placed[key.statement] ?? 1, of: counts[key.statement] ?? 1)
      part.identity.place.onPage = Place.Ordinal(
        placedOnPages[key] ?? 1, of: countsOnPages[key] ?? 1)
      return part
    }
  }
}

private struct StatementOnPage: Hashable {
  var page: String
  var statement: String
}

/// Where a part of a lesson stands. It tells apart parts that say the same, and nothing else.
package struct Place: Hashable, Sendable {
  /// The number of a part among equal ones, from 1.
  package struct Ordinal: Hashable, Sendable {
    package var number: Int
    package var count: Int

    package init(_ number: Int = 1, of count: Int = 1) {
      self.number = number
      self.count = count
    }
  }

  /// The title of its page.
  package var page: String
  package var onPage: Ordinal
  package var inLesson: Ordinal

  package init(page: String = "", onPage: Ordinal = Ordinal(), inLesson: Ordinal = Ordinal()) {
    self.page = page
    self.onPage = onPage
    self.inLesson = inLesson
  }
}

package struct PageIdentity: PartIdentity {
  package var title: String
  package var place: Place

  package var name: String? { nil }
  package var statement: String { title }

  package init(title: String, place: Place = Place()) {
    self.title = title
    self.place = place
  }
}

/// What a part of a lesson is and says.
package protocol PartIdentity: Hashable, Sendable {
  /// The id that the author gave; nil without one.
  var name: String? { get }
  /// All that it says: parts with the same statement are told apart by their places only.
  var statement: String { get }
  var place: Place { get set }
}

package struct QuestionIdentity: PartIdentity {
  package var name: String?
  package var prompt: String
  /// The texts of the answers, in order.
  package var options: [String]
  /// The right ones among them, from 0.
  package var right: [Int]
  package var place: Place

  package init(
    name: String? = nil, prompt: String, options: [String], right: [Int] = [],
    place: Place = Place()
  ) {
    self.name = name
    self.prompt = prompt
    self.options = options
    self.right = right
    self.place = place
  }

  package init(_ prediction: Prediction, on page: String) {
    self.init(
      name: prediction.isNamed ? prediction.id : nil, prompt: prediction.question.statement,
      options: prediction.answers.map(\.blocks.statement),
      right: prediction.answers.indices.filter { prediction.answers[$0].isRight },
      place: Place(page: page))
  }

  /// The order of the answers, and which are right, may change.
  package var statement: String { ([prompt] + options.sorted()).joined(separator: "\u{1F}") }
}

package struct CellIdentity: PartIdentity {
  package var name: String?
  package var source: String
  /// What the task says that the cell checks; nil for other cells.
  package var task: String?
  package var place: Place

  package init(
    name: String? = nil, source: String, task: String? = nil, place: Place = Place()
  ) {
    self.name = name
    self.source = source
    self.task = task
    self.place = place
  }

  init(_ cell: LessonCell, task: String?, on page: String) {
    self.init(
      name: cell.isNamed ? cell.id : nil, source: cell.source, task: task, place: Place(page: page))
  }

  package var statement: String { task.map { "\(source)\u{1F}\($0)" } ?? source }
}
