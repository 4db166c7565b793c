/// The ASCII spelling of a printable scalar, "?" if there is none: “−6 dB → π” becomes
/// "-6 dB -> pi".
///
/// - Parameter previous: the scalar before it in the text; a run of superscripts gets one "^".
func asciiSpelling(of scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> String {
  if let spelling = symbolSpellings[scalar] { return spelling }
  if let digit = superscripts[scalar] {
    let continues = previous.map { superscripts[$0] != nil } ?? false
    return continues ? digit : "^" + digit
  }
  if let digit = subscripts[scalar] {
    let continues = previous.map { subscripts[$0] != nil } ?? false
    return continues ? digit : "_" + digit
  }
  return letterSpelling(of: scalar) ?? "?"
}

/// Latin letters lose their accents and Greek letters are spelled out, based on Unicode names:
/// "LATIN SMALL LETTER E WITH ACUTE" is e, "GREEK CAPITAL LETTER SIGMA" is Sigma.
private func letterSpelling(of scalar: Unicode.Scalar) -> String? {
  guard let name = scalar.properties.name else { return nil }
  let words = name.split(separator: " ")
  guard words.count >= 4, words[2] == "LETTER", words[1] == "SMALL" || words[1] == "CAPITAL" else {
    return nil
  }
  let isCapital = words[1] == "CAPITAL"
  switch words[0] {
  case "LATIN" where words[3].count == 1:
    return isCapital ? String(words[3]) : words[3].lowercased()
  case "GREEK":
    // Unicode calls lambda "LAMDA".
    let spelled = words[3] == "LAMDA" ? "lambda" : words[3].lowercased()
    return isCapital ? spelled.prefix(1).uppercased() + spelled.dropFirst() : spelled
  default:
    return nil
  }
}

private let superscripts: [Unicode.Scalar: String] = [
  "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
  "⁹": "9", "⁻": "-", "⁺": "+", "ⁿ": "n",
]

private let subscripts: [Unicode.Scalar: String] = [
  "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8",
  "₉": "9", "₋": "-", "₊": "+", "ₙ": "n", "ₘ": "m", "ₖ": "k", "ᵢ": "i", "ⱼ": "j",
]

private let symbolSpellings: [Unicode.Scalar: String] = [
  // Punctuation
  "—": "--", "–": "-", "‐": "-", "‑": "-", "−": "-", "…": "...", "“": "\"", "”": "\"", "„": "\"",
  "‘": "'", "’": "'", "‚": ",", "«": "<<", "»": ">>", "‹": "<", "›": ">", "•": "*", "·": "*",
  "†": "+", "§": "par. ", "¶": "par. ", "′": "'", "″": "\"", "⁄": "/", "№": "No.",
  // Mathematics
  "×": "x", "÷": "/", "±": "+/-", "√": "sqrt", "∑": "sum", "∏": "prod", "∫": "int", "∞": "inf",
  "≈": "~", "≠": "!=", "≤": "<=", "≥": ">=", "≪": "<<", "≫": ">>", "≡": "==", "∈": " in ",
  "∗": "*", "∘": "o", "⋅": "*", "∝": "~", "∂": "d", "∇": "grad", "∥": "||", "⊙": "*", "⊗": "(x)",
  "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "ℝ": "R", "ℤ": "Z", "ℕ": "N", "ℂ": "C",
  "½": "1/2", "¼": "1/4", "¾": "3/4", "°": "deg", "µ": "u", "‰": "/1000", "Ω": "Ohm",
  "⟨": "<", "⟩": ">",
  // Arrows
  "→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "⇐": "<=", "⇔": "<=>", "↦": "->", "↑": "^",
  "↓": "v", "⏎": "Enter", "↵": "Enter", "⇥": "Tab", "⌫": "Backspace", "␣": "Space", "▸": ">",
  "▾": "v", "▶": ">", "◀": "<", "►": ">", "◄": "<",
  // Pictures
  "♪": "~", "♫": "~", "✓": "ok", "✔": "ok", "✗": "x", "✘": "x", "●": "o", "○": "o", "■": "#",
  "□": "[]", "◆": "*", "★": "*", "☆": "*", "▌": "|", "█": "#", "▓": "#", "▒": "=", "░": "-",
  "©": "(c)", "®": "(R)", "™": "(TM)", "€": "EUR", "£": "GBP",
  // Lines and bars
  "│": "|", "┃": "|", "─": "-", "━": "=", "┄": "-", "┅": "-", "┊": ":", "┋": ":", "├": "|",
  "┤": "|", "┬": "+", "┴": "+", "┼": "+", "┌": "+", "┐": "+", "└": "+", "┘": "+",
  "▁": "_", "▂": ".", "▃": ":", "▄": "-", "▅": "=", "▆": "+", "▇": "*",
  // Letters whose Unicode names do not give the spelling
  "ß": "ss", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "ø": "o", "Ø": "O", "đ": "d", "ł": "l",
  "Ł": "L", "ı": "i", "ℓ": "l",
]
