/// The style sheet of an exported lesson. Colours stand at one place, for light and for dark; the series of plots
/// differ in their dashes, too.
enum HTMLStyle {
  static let sheet = [light, dark, page, plots].joined(separator: "\n")

  /// Of a plot that is a file of its own.
  static let picture =
    [light, plots, "svg.plot { background: var(--back); }"].joined(separator: "\n")

  private static let light = """
    :root { --back: #fdfdfb; --text: #1c1c1c; --dim: #595959; --accent: #005faf; --line: #d8d8d2; --panel: #f3f3ee;
      --good: #005f00; --bad: #b00020; --keyword: #87005f; --literal: #005f00; --called: #005faf;
      --s0: #005faf; --s1: #870000; --s2: #8700d7; --s3: #444444; --s4: #005f00; --s5: #0000af; }
    """

  private static let dark = """
    @media screen and (prefers-color-scheme: dark) { :root { --back: #17181a; --text: #e6e6e3; --dim: #a5a5a0; --accent: #5fd7ff;
      --line: #3a3b3e; --panel: #212226; --good: #87d787; --bad: #ff8787; --keyword: #d787d7; --literal: #87d787;
      --called: #87d7ff; --s0: #5fd7ff; --s1: #ffff87; --s2: #af87ff; --s3: #d75f5f; --s4: #eeeeee; --s5: #00af5f; } }
    """

  private static let page = """
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 1rem; max-width: 60rem; background: var(--back); color: var(--text);
      font: 1.05rem/1.55 system-ui, sans-serif; }
    h1 { font-size: 1.9rem; line-height: 1.2; }
    h2 { font-size: 1.45rem; margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1.5rem; }
    a { color: var(--accent); }
    p, ul, ol { max-width: 44rem; }
    code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; }
    pre { background: var(--panel); padding: 0.7rem; overflow-x: auto; border-radius: 4px; line-height: 1.4; }
    pre.printed { background: none; border-left: 3px solid var(--line); border-radius: 0; }
    .keyword { color: var(--keyword); } .literal { color: var(--literal); } .called { color: var(--called); }
    .comment, .note, figcaption { color: var(--dim); }
    .note, figcaption { font-size: 0.92em; }
    .error { color: var(--bad); } .done { color: var(--good); }
    .wide { overflow-x: auto; margin: 0.6rem 0; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { padding: 0.25rem 0.8rem; text-align: left; border-bottom: 1px solid var(--line); }
    .right { text-align: right; } .center { text-align: center; }
    .callout { border-left: 4px solid var(--accent); background: var(--panel); padding: 0.3rem 1rem; margin: 1rem 0; }
    .callout .kind { font-weight: bold; color: var(--accent); margin: 0.3rem 0; }
    .callout.task { border-color: var(--good); } .callout.task .kind { color: var(--good); }
    fieldset { border: 0; padding: 0; } fieldset p { margin: 0.2rem 0; }
    nav ol { columns: 16rem; column-gap: 3rem; max-width: none; }
    .hidden, .past-contents:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    button { font: inherit; padding: 0.2rem 0.8rem; border: 1px solid var(--dim); border-radius: 4px;
      background: var(--back); color: var(--text); cursor: pointer; }
    button[aria-pressed=true] { background: var(--accent); color: var(--back); border-color: var(--accent); }
    button:focus-visible, input:focus-visible, a:focus-visible, summary:focus-visible
      { outline: 3px solid var(--accent); outline-offset: 2px; }
    figure { margin: 0.6rem 0; overflow-x: auto; } figure > svg.plot { min-width: 30rem; }
    .pair svg.plot { min-width: 20rem; } .grid svg.plot { min-width: 0; } .widget { margin: 0.3rem 0; }
    .pair, .grid { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; } .pair figure { flex: 1 1 20rem; }
    .grid figure { flex: 0 1 13rem; } svg.plot { width: 100%; height: auto; }
    .player { background: var(--panel); padding: 0.3rem 0.8rem; border-radius: 4px; margin: 0.6rem 0; max-width: 680px; }
    .player p { margin: 0.3rem 0; } .player .seek { width: 75%; vertical-align: middle; }
    svg.wave { width: 100%; height: 44px; } svg.wave path { stroke: var(--s0); stroke-width: 1; }
    .js .explanation { display: none; } .js .answered .explanation { display: block; }
    .js .answered .buttons { display: none; }
    .js .answered [data-right] { color: var(--good); font-weight: bold; }
    .js .answered label:has(:checked)::after { content: " ← your answer"; color: var(--dim); font-weight: normal; }
    .js .covered:not(.open) .output { display: none; } .js .covered:not(.open) .value { visibility: hidden; font-size: 0; }
    .js .covered:not(.open) .value::after { content: "…"; visibility: visible; font-size: 1.05rem; }
    @media print { :root { color-scheme: light; } body { max-width: none; background: #fff; color: #000; font-size: 10.5pt; } nav, .player, .buttons,
      header .note { display: none !important; } section { break-inside: auto; } figure, .callout, pre, table
      { break-inside: avoid; } h2, h3, .kind { break-after: avoid; } pre { white-space: pre-wrap; } .wide { overflow: visible; }
      .js .explanation { display: block; } .js .covered .output { display: block !important; }
      .js .covered:not(.open) .value { visibility: visible; font-size: inherit; }
      .js .covered:not(.open) .value::after { content: none; } [data-right] { font-weight: bold; } }
    """

  private static let plots = """
    svg.plot { font: 12px system-ui, sans-serif; }
    svg text { fill: var(--text); paint-order: stroke; stroke: var(--back); stroke-width: 3px; } svg .title { font-weight: bold; }
    svg .end { text-anchor: end; } svg .middle { text-anchor: middle; }
    svg .grid { stroke: var(--line); fill: none; } svg .mark { stroke: var(--dim); stroke-dasharray: 3 3; fill: none; }
    svg .line { fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linejoin: round; }
    svg .s0 { color: var(--s0); } svg .s1 { color: var(--s1); stroke-dasharray: 7 2; }
    svg .s2 { color: var(--s2); stroke-dasharray: 3 2; } svg .s3 { color: var(--s3); stroke-dasharray: 9 2 2 2; }
    svg .s4 { color: var(--s4); stroke-dasharray: 1.5 2; } svg .s5 { color: var(--s5); stroke-dasharray: 12 3; }
    svg .faint { color: var(--dim); opacity: 0.5; stroke-dasharray: 2 3; }
    svg .dots { fill: currentColor; stroke: none; } svg .band { fill: currentColor; stroke: none; opacity: 0.2; }
    svg .band.faint { opacity: 0.15; }
    """
}
