import Builtins
import Compute
import EtudeApp
import Lessons
import Notebook
import Pages
import SampleLessons
import Terminal
import Testing

@Suite("Overlays")
struct OverlayTests {
  private var reader = SampleLesson.reader()

  @discardableResult
  private mutating func press(_ keys: Key...) -> [Action] {
    keys.flatMap { reader.handle(.key($0)) }
  }

  private mutating func type(_ text: String) {
    for character in text { press(.character(character)) }
  }

  private mutating func focus(_ target: FocusTarget) {
    for _ in 0..<20 where reader.state.focus != target { press(.tab) }
    #expect(reader.state.focus == target)
  }

  @Test("The devices are asked for elsewhere, and shown when they have answered")
  mutating func devices() {
    guard case .lookUpDevices? = press(.character("d")).first else {
      Issue.record("d does not ask")
      return
    }
    #expect(reader.draw().text.contains("asking the devices …"))
    reader.show(devices: DeviceList(computing: [], sound: ["a sound card"]))
    #expect(reader.draw().text.contains("a sound card"))
    #expect(press(.character("q")).isEmpty)
    let late = DeviceList(computing: [], sound: ["too late"])
    reader.show(devices: late)
    #expect(reader.overlay == nil)
    press(.character("?"))
    reader.show(devices: late)
    #expect(!reader.draw().text.contains("too late"))
  }

  @Test("A device is chosen from the list; one that cannot be used says why")
  mutating func choosingADevice() {
    func device(_ kind: DeviceKind, reason: String? = nil) -> DeviceList.Entry {
      DeviceList.Entry(SampleDevice(kind: kind, reason: reason))
    }
    let list = DeviceList(
      computing: [device(.cpu), device(.cuda), device(.mps, reason: "There is no such card.")],
      sound: ["a sound card"])
    #expect(reader.draw().text.contains(" CPU"))
    press(.character("d"))
    reader.show(devices: list)
    #expect(reader.draw().text.contains("There is no such card."))
    #expect(press(.down).isEmpty)
    guard case .session(.setDevice(.cuda))? = press(.enter).first else {
      Issue.record("the session is not told")
      return
    }
    #expect(reader.overlay == nil)
    #expect(reader.draw().text.contains(" CUDA"))
    press(.character("d"))
    reader.show(devices: list)
    press(.down)
    #expect(press(.enter).isEmpty)
    #expect(reader.notice == "There is no such card.")
    #expect(reader.device == .cuda)
    // The one in use changes nothing.
    press(.up)
    #expect(press(.enter).isEmpty)
    #expect(reader.overlay == nil)
    // The choice is kept, also when everything else starts over, and --device comes first.
    _ = reader.startOver()
    let saved = reader.savedProgress
    #expect(saved.device == .cuda)
    func next(_ device: DeviceKind?) -> Reader {
      Reader(
        lesson: reader.lesson, width: 80, height: 24, appearance: reader.appearance,
        reference: Reader.Reference(devices: { list }, vocabulary: .standard), device: device,
        progress: saved)
    }
    #expect(next(nil).device == .cuda)
    #expect(next(.cpu).device == .cpu)
    #expect(next(.cpu).savedProgress.device == .cuda)
  }

  @Test("The colours follow what the terminal says of its background, unless they were chosen")
  func background() {
    var reader = Reader(
      lesson: SampleLesson.lesson, width: 80, height: 24,
      appearance: Appearance(background: .dark, colors: 256, hasUnicode: true),
      reference: Reader.Reference(
        devices: { DeviceList(computing: [], sound: []) }, vocabulary: .standard))
    #expect(reader.handle(.background(.light)).isEmpty)
    #expect(reader.appearance.background == .light)
    for key: Key in [.character("o"), .left, .escape] { _ = reader.handle(.key(key)) }
    #expect(reader.appearance.background == .dark)
    _ = reader.handle(.background(.light))
    #expect(reader.appearance.background == .dark)
  }

  @Test("A device that has failed is told once, and the header follows")
  mutating func failedDevice() {
    var snapshot = Snapshot()
    snapshot.revision = 100
    snapshot.deviceRemark = "The card has stopped. From now on the CPU computes."
    _ = reader.update(snapshot: snapshot)
    #expect(reader.notice == snapshot.deviceRemark)
    press(.character("x"))
    snapshot.revision += 1
    _ = reader.update(snapshot: snapshot)
    #expect(reader.notice == nil)
  }

  @Test("Contents, help, devices and options open, take the keys, and close with q")
  mutating func overlays() {
    for (key, text) in [
      ("t", "3  A fault"), ("?", "the next or previous page"),
      ("o", "characters"),
    ] {
      press(.character(Character(key)))
      #expect(reader.overlay != nil)
      #expect(reader.draw().text.contains(text))
      #expect(press(.character("q")).isEmpty)
      #expect(reader.overlay == nil)
    }
    press(.character("t"), .down, .down, .enter)
    #expect(reader.pageIndex == 2)
  }

  @Test("Text longer than the window can be scrolled to its end", arguments: [80, 40])
  mutating func helpToItsEnd(width: Int) {
    _ = reader.handle(.resize(width: width, height: 12))
    press(.character("?"))
    #expect(reader.draw().text.contains(" more "))
    for _ in 0..<500 { press(.down) }
    #expect(!reader.draw().text.contains(" more "))
    press(.up)
    #expect(reader.draw().text.contains(" 1 more "))
  }

  @Test("A number longer than its line stays visible while it is typed")
  mutating func longNumbers() {
    _ = reader.handle(.resize(width: 40, height: 12))
    focus(SampleLesson.slider)
    press(.enter)
    type("12345678901234567890123456789012345678901234567890xyz")
    #expect(reader.draw().text.split(separator: "\n").last?.contains("0xyz") == true)
    press(.enter)
    #expect(reader.draw().text.split(separator: "\n").last?.contains("0xyz") == true)
  }

  @Test("Ctrl-C closes an overlay; Ctrl-Z and Ctrl-L work as everywhere")
  mutating func controlKeys() {
    for key in ["t", "i", "d", "o", "?", "/", "R"] {
      press(.character(Character(key)))
      #expect(reader.overlay != nil, "\(key)")
      guard case .suspend? = press(.control("z")).first, case .redraw? = press(.control("l")).first
      else {
        Issue.record("no action after \(key)")
        continue
      }
      #expect(press(.control("c")).isEmpty)
      #expect(reader.overlay == nil, "\(key)")
    }
  }

  @Test("The help lists the focused item's keys first")
  mutating func help() {
    focus(SampleLesson.slider)
    press(.character("?"))
    let text = reader.draw().text
    #expect(text.contains("These keys work now. The focus is on: slider."))
    #expect(text.contains("type a value"))
  }

  @Test("i explains the names that the cells use")
  mutating func names() {
    press(.character("i"), .down)
    let text = reader.draw().text
    #expect(text.contains("signal.firwin(numtaps, cutoff, "))
    #expect(text.contains("the window method"))
  }

  @Test("Options change what is drawn")
  mutating func options() {
    press(.character("o"), .down, .right, .escape)
    #expect(reader.draw().text.allSatisfy { $0.isASCII })
  }

  @Test("Search goes to the matches on all pages until Esc")
  mutating func search() {
    press(.character("/"))
    type("FAULT")
    press(.enter)
    #expect(reader.pageIndex == 2)
    press(.character("/"))
    type("two")
    press(.enter)
    #expect(reader.pageIndex == 1)
    #expect(reader.notice == "match 1 of 1")
    press(.escape)
    #expect(reader.state.search == nil)
    press(.character("p"))
    #expect(reader.pageIndex == 0)
  }

  @Test("A match stays in view while the page above it grows, until a key is pressed")
  mutating func searchOnAPageThatStillRuns() {
    _ = reader.handle(.resize(width: 80, height: 12))
    _ = reader.update(snapshot: Snapshot())
    var grown = SampleLesson.snapshot(revision: 2)
    grown.cells["filter"]?.outputs.insert(.text(String(repeating: "long\n", count: 30)), at: 0)
    press(.character("/"))
    type("original")
    press(.enter)
    _ = reader.update(snapshot: grown)
    let row = reader.arrangement.blockRows.values.max() ?? 0
    #expect(row > reader.bodyHeight)
    #expect((reader.scroll..<(reader.scroll + reader.bodyHeight)).contains(row))
    press(.character("g"))
    grown.revision = 3
    _ = reader.update(snapshot: grown)
    #expect(reader.scroll == 0)
  }
}

/// A device that does nothing.
private struct SampleDevice: Device {
  let kind: DeviceKind
  var name: String { "a device" }
  let reason: String?
}
