import EtudeApp
import Lessons
import NeuralNetworks
import Terminal
import Testing

@Suite("Lesson picker")
struct LessonPickerTests {
  private var picker = LessonPicker(
    entries: [
      .init(name: "convolution", title: "Convolutional layers"),
      .init(name: "training", title: "Training"),
    ], appearance: Appearance(background: .dark, colors: 0, hasUnicode: true))

  @Test("Enter opens the selected lesson, q quits")
  mutating func choosing() {
    #expect(picker.handle(.down) == nil)
    #expect(picker.handle(.down) == nil)
    #expect(picker.handle(.enter) == .open("training"))
    #expect(picker.handle(.character("t")) == nil)
    #expect(picker.handle(.character("q")) == .quit)
    #expect(picker.handle(.control("c")) == .quit)
    #expect(picker.handle(.control("l")) == .redraw)
    #expect(picker.handle(.control("z")) == .suspend)
  }

  @Test("It draws at any size", arguments: [(80, 24), (20, 3), (0, 0)])
  func sizes(width: Int, height: Int) {
    let text = picker.draw(width: width, height: height).text
    #expect(width < 80 || text.contains("training     Training"))
  }
}
