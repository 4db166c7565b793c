import Signals

// The values that SciPy takes in more than one form, as make_fixtures.py writes them.

/// "hann", or ["kaiser", 5].
struct WindowName: Decodable {
  var window: Window

  init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      guard let window = Window(name: name) else { throw UnknownName(name: name) }
      self.window = window
    } else {
      var parts = try decoder.unkeyedContainer()
      _ = try parts.decode(String.self)
      window = .kaiser(beta: try parts.decode(Double.self))
    }
  }
}

/// A boolean, or "highpass".
struct PassZero: Decodable {
  var pass: PassBand

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let flag = try? container.decode(Bool.self) {
      pass = .zero(flag)
    } else {
      let name = try container.decode(String.self)
      guard let pass = PassBand(name: name) else { throw UnknownName(name: name) }
      self.pass = pass
    }
  }
}

/// A count, or a list of frequencies.
struct Frequencies: Decodable {
  var count: Int?
  var list: [Double] = []

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    count = try? container.decode(Int.self)
    if count == nil { list = try container.decode([Double].self) }
  }
}

struct UnknownName: Error {
  var name: String
}
