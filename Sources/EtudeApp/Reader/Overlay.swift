import Pages

/// What covers the page, and the student's position in it.
package enum Overlay: Sendable {
  /// The list of pages.
  case contents(selected: Int)
  /// The names that the page's cells use, and what the selected one does.
  case names([NameHelp], selected: Int)
  /// The devices to choose from; nil until they have answered.
  case devices(DeviceList?, selected: Int)
  /// Read-only lines: help.
  case text(title: String, lines: [OverlayLine], top: Int)
  case options(selected: Int)
  /// "Reset this page, or the whole lesson?"
  case confirmReset
  /// "A network is still training: stop it?"
  case confirmEnd(TrainingEnd)
  case prompt(Prompt)
  case editor(CellEditor)
}

/// What would end the runs in progress.
package enum TrainingEnd: Hashable, Sendable {
  case quit, reload

  var action: Action {
    switch self {
    case .quit: .quit
    case .reload: .reload
    }
  }
}

package struct OverlayLine: Hashable, Sendable {
  package enum Kind: Sendable { case heading, body }

  package var kind: Kind
  package var text: String

  package init(_ text: String, kind: Kind = .body) {
    self.kind = kind
    self.text = text
  }
}

/// A line of text that is being typed.
package struct Prompt: Hashable, Sendable {
  package enum Purpose: Hashable, Sendable {
    case search
    case value(FocusTarget)
  }

  package var purpose: Purpose
  package var text = ""
  /// Why the text was rejected.
  package var error: String?

  package init(_ purpose: Purpose) { self.purpose = purpose }
}

/// The documentation of a built-in.
package struct NameHelp: Hashable, Sendable {
  package var name: String
  package var signature: String
  package var summary: String

  package init(name: String, signature: String, summary: String) {
    self.name = name
    self.signature = signature
    self.summary = summary
  }
}
