import Lessons
import Testing

@Suite struct FormulaTests {
  @Test(arguments: [
    (#"x"#, "x", "x"),
    (#"a+b"#, "a + b", "a + b"),
    (#"-1 < x \le 1"#, "−1 < x ≤ 1", "-1 < x <= 1"),
    (#"x = -y"#, "x = −y", "x = -y"),
    (#"x[n-m]\,h[m]"#, "x[n−m] h[m]", "x[n-m] h[m]"),
    (#"\sum_{m=0}^{M-1} h_m"#, "Σₘ₌₀ᴹ⁻¹ hₘ", "sum_(m=0)^(M-1) h_m"),
    (#"\sum_{m=-M}^{M} f[n - m] \, g[m]"#, "Σ_(m=−M)^M f[n−m] g[m]", "sum_(m=-M)^M f[n-m] g[m]"),
    (#"(f \star g)[n]"#, "(f ⋆ g)[n]", "(f * g)[n]"),
    (#"x^2 + y^{n+1}"#, "x² + yⁿ⁺¹", "x^2 + y^(n+1)"),
    (#"h_{m+1}"#, "hₘ₊₁", "h_(m+1)"),
    (#"f_c"#, "f_c", "f_c"),
    (#"f_\text{cut}"#, "f_(cut)", "f_(cut)"),
    (#"x_i^2"#, "xᵢ²", "x_i^2"),
    (#"f'(x)"#, "f′(x)", "f'(x)"),
    (#"\frac{a}{b}"#, "a/b", "a/b"),
    (#"\frac12"#, "1/2", "1/2"),
    (#"\frac{M-1}{2}"#, "(M − 1)/2", "(M - 1)/2"),
    (#"\frac{2\pi f}{f_s}"#, "2πf/fₛ", "2 pi f/f_s"),
    (#"\frac{1}{2b}"#, "1/(2b)", "1/(2b)"),
    (#"2\frac{1}{3}"#, "2(1/3)", "2(1/3)"),
    (#"\frac{a}{b}c"#, "(a/b)c", "(a/b)c"),
    (#"1 + \frac{a}{10} + c"#, "1 + a/10 + c", "1 + a/10 + c"),
    (#"\frac{\frac{a}{b}}{c}"#, "(a/b)/c", "(a/b)/c"),
    (#"\sqrt{2}"#, "√2", "sqrt(2)"),
    (#"\sqrt{a+b}"#, "√(a + b)", "sqrt(a + b)"),
    (#"\sqrt[3]{x}"#, "³√x", "root_3(x)"),
    (#"2\sqrt[n+1]{x}"#, "2ⁿ⁺¹√x", "2 root_(n+1)(x)"),
    (#"e^{x}y + x_{n}2 + x_{n}(t)"#, "eˣy + xₙ2 + xₙ(t)", "e^x y + x_n 2 + x_n(t)"),
    (#"\left\lfloor \frac{L - K}{s} \right\rfloor + 1"#, "⌊(L − K)/s⌋ + 1", "floor((L - K)/s) + 1"),
    (#"\sin(2\pi f t)"#, "sin(2πft)", "sin(2 pi ft)"),
    (#"\sin\omega"#, "sin ω", "sin omega"),
    (#"2\sin x"#, "2 sin x", "2 sin x"),
    (#"20\log_{10}|H|"#, "20 log₁₀|H|", "20 log_(10)|H|"),
    (#"a \cdot b \times c"#, "a · b × c", "a * b x c"),
    (#"\pm\infty \to \pi"#, "±∞ → π", "+-inf -> pi"),
    (#"f(x, y)"#, "f(x, y)", "f(x, y)"),
    (#"a, b, \dots"#, "a, b, …", "a, b, ..."),
    (#"N \approx 400 \text{ taps}"#, "N ≈ 400 taps", "N ~= 400 taps"),
    (#"\mathrm{sinc}(x)"#, "sinc(x)", "sinc(x)"),
    (#"\operatorname{rms} x"#, "rms x", "rms x"),
    (#"a \quad b"#, "a  b", "a  b"),
    (#"e^{-t/\tau}"#, "e^(−t/τ)", "e^(-t/tau)"),
    (#"\{a\}"#, "{a}", "{a}"),
    (#"\unknown{x}"#, "unknown x", "unknown x"),
    (#"\mathcal{O}(n)"#, "O(n)", "O(n)"),
    (#"10\,\%"#, "10 %", "10 %"),
    (#"a\\b"#, "a; b", "a; b"),
    (#"\hat{x} + \bar y"#, "x\u{302} + y\u{304}", "hat(x) + bar(y)"),
    (#"\overline{ab}"#, "a\u{305}b\u{305}", "bar(ab)"),
    (#"\hat{xy}"#, "hat(xy)", "hat(xy)"),
    (#"\dot x \ddot x \vec v"#, "x\u{307}x\u{308}v\u{20D7}", "dot(x)ddot(x)vec(v)"),
    (#"\binom{n}{k}"#, "(n over k)", "(n over k)"),
    (#"\begin{bmatrix} 1 & 2 \\ 3 & 4 \\ \end{bmatrix} x"#, "[1  2; 3  4]x", "[1  2; 3  4]x"),
    (
      #"\begin{cases} 1 & f < f_c \\ 0 & \text{otherwise} \end{cases}"#,
      "{1  f < f_c; 0  otherwise", "{1  f < f_c; 0  otherwise"
    ),
    (#"\begin{array}{cc} a & b \end{array}"#, "a  b", "a  b"),
    (#"x \xrightarrow{a} y"#, "x →ᵃ y", "x ->^a y"),
    (#"\overset{!}{=}"#, "=^!", "=^!"),
    (#"\operatorname*{argmax} x"#, "argmax x", "argmax x"),
  ])
  func text(tex: String, unicode: String, ascii: String) {
    #expect(Formula.text(tex, charset: .unicode) == unicode)
    #expect(Formula.text(tex, charset: .ascii) == ascii)
  }

  @Test func rowsAreAligned() {
    let tex = #"\begin{aligned} y[n] &= a + b \\ &= c \\ long[n] &= d \end{aligned}"#
    #expect(
      Formula.lines(tex, charset: .unicode) == [
        "   y[n] = a + b",
        "        = c",
        "long[n] = d",
      ])
  }

  @Test func matricesAndCasesAreAsHighAsTheirRows() {
    let cases =
      #"|H| &\approx \begin{cases} 1 & f < f_c \\ 0 & \text{otherwise} \end{cases} \\ x &= 1"#
    #expect(
      Formula.lines(cases, charset: .unicode) == [
        "      ⎧ 1  f < f_c  ",
        "|H| ≈ ⎨             ",
        "      ⎩ 0  otherwise",
        "",
        "  x = 1",
      ])
    let matrix = #"\begin{pmatrix} 1 & 20 \\ 300 & 4 \end{pmatrix} x"#
    #expect(Formula.lines(matrix, charset: .unicode) == ["⎛  1  20⎞ x", "⎝300   4⎠  "])
    #expect(Formula.lines(matrix, charset: .ascii) == ["(  1  20) x", "(300   4)  "])
    // In a fraction there is one line only.
    #expect(
      Formula.lines(#"\frac{\begin{vmatrix} a & b \end{vmatrix}}{2}"#, charset: .unicode)
        == ["|a  b|/2"])
  }

  @Test("A matrix that no screen can show, and hundreds of them, stay on a line")
  func largeMatrices() {
    let wide = String(repeating: "a & ", count: 3000) + String(repeating: #"\\\\ b "#, count: 3000)
    #expect(
      Formula.lines(#"\begin{matrix}"# + wide + #"\end{matrix}"#, charset: .unicode).count == 1)
    let many = String(repeating: #"\binom{n}{k}"#, count: 3000)
    #expect(Formula.lines(many, charset: .unicode).count == 2)
  }

  @Test func unknownCommandsAreNamed() {
    #expect(
      Formula.unknownCommands(#"\frac{\foo}{2} + \sqrt[\bar]{\foo} \begin{tikz} x \end{tikz}"#)
        == [#"\foo"#, #"\begin{tikz}"#])
    #expect(Formula.unknownCommands(#"\alpha \begin{aligned} a &= b \end{aligned} \hat x"#) == [])
  }

  @Test(arguments: [
    #"\begin{cases}"#, #"\begin{cases} a & b"#, #"\end{cases}"#,
    #"\begin{bmatrix} { \end{bmatrix}"#,
    #"\begin{bmatrix} \end{cases} \\ & & \end{bmatrix}"#, #"\begin{array}"#, #"\hat"#,
    #"\binom{n}"#,
    #"\begin{bmatrix}\begin{cases} a & b \\ c \end{cases} & d \end{bmatrix}"#, #"\xrightarrow["#,
    "", "{", "}", "\\", "^", "_", "x^", "x_", "^^^", "{{{", "}}}", "\\frac", "\\frac{a", "\\sqrt[",
    "\\left", "\\right.", "\\left.", "\\text{", "\\begin{", "&", "\\\\", "x^{y^{z^{", "a_b_c",
    "'", "\\sqrt[[[]", "\u{1B}[2J",
  ])
  func anyInputGivesALine(tex: String) {
    for charset in [Formula.Charset.unicode, .ascii] {
      #expect(Formula.lines(tex, charset: charset).count >= 1)
      _ = Formula.text(tex, charset: charset)
    }
  }

  @Test(arguments: [
    "{", "\\begin{cases}", "\\hat{", "x^{", "\\frac{", "\\sqrt{", "\\sqrt[", "\\left(",
    "\\left", "_", "x_", "_a", "^", "a_1{",
  ])
  func depthIsBounded(opening: String) {
    let tex = String(repeating: opening, count: 100_000)
    for charset in [Formula.Charset.unicode, .ascii] {
      #expect(Formula.lines(tex, charset: charset).count == 1)
    }
  }

  @Test func asciiIsASCII() {
    let text = Formula.text(#"\alpha \le ü + \sum_{i} \sqrt{\Omega} \dots − '"#, charset: .ascii)
    #expect(!text.contains { !$0.isASCII })
  }
}
