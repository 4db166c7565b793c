/// How a function is called, as plain data: its name and its parameters.
package struct Signature: Hashable, Sendable {
  package struct Parameter: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      case positional
      /// After `*`: by keyword only.
      case keywordOnly
      /// `*args`: takes all further positional arguments.
      case variadic
      /// `**kwargs`: takes all further keyword arguments.
      case keywords
    }

    package var name: String
    package var kind: Kind
    /// The default as Python source; nil when the argument is required.
    package var defaultSource: String?

    package init(_ name: String, kind: Kind = .positional, default defaultSource: String? = nil) {
      self.name = name
      self.kind = kind
      self.defaultSource = defaultSource
    }
  }

  /// The qualified name: "np.convolve".
  package var name: String
  package var parameters: [Parameter]

  package init(_ name: String, _ parameters: [Parameter] = []) {
    self.name = name
    self.parameters = parameters
  }
}

extension Signature: CustomStringConvertible {
  /// As Python writes it: "np.pad(array, pad_width, mode='constant', *, constant_values=0)".
  package var description: String {
    var parts: [String] = []
    var isAfterStar = false
    for parameter in parameters {
      switch parameter.kind {
      case .keywordOnly where !isAfterStar:
        parts.append("*")
        isAfterStar = true
      case .variadic: isAfterStar = true
      case .positional, .keywordOnly, .keywords: break
      }
      parts.append(parameter.description)
    }
    return "\(name)(\(parts.joined(separator: ", ")))"
  }
}

extension Signature.Parameter: CustomStringConvertible {
  package var description: String {
    switch kind {
    case .variadic: "*\(name)"
    case .keywords: "**\(name)"
    case .positional, .keywordOnly: name + (defaultSource.map { "=\($0)" } ?? "")
    }
  }
}
