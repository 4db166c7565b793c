import Curses
import EtudeApp
import Terminal

/// The terminal as the reader sees it.
final class CursesDisplay: Display {
  private let screen: Screen

  init(_ screen: Screen) { self.screen = screen }

  var width: Int { screen.width }
  var height: Int { screen.height }
  var wake: @Sendable () -> Void { { [wake = screen.wake] in wake.signal() } }

  func draw(_ canvas: Canvas) { screen.draw(canvas) }

  func nextEvents(timeoutMilliseconds: Int?) -> [Event] {
    screen.nextEvents(timeoutMilliseconds: timeoutMilliseconds)
  }

  func redraw() { screen.redraw() }
  func setMouse(_ isOn: Bool) { screen.setMouse(isOn) }
  func copy(_ text: String) -> String? { screen.copy(text) }
  func suspend() { screen.suspend() }
  func run(_ arguments: [String]) -> Int32? { screen.run(arguments) }
}
