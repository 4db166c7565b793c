import ArgumentParser
import Builtins
import Compute
import EtudeApp
import Glibc
import Interpreter
import Lessons
import Playback
import Progress

/// How a lesson is opened, on the screen or as a dialogue.
struct ReadingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The page to open; else the last one shown.", valueName: "n"))
  var page: Int?

  @Flag(help: "Start over; your previous progress is kept in a folder.")
  var fresh = false

  @Option(help: ArgumentHelp("The ALSA device to play on; see etude devices.", valueName: "name"))
  var audioDevice: String?

  func validate() throws {
    if let page, page < 1 { throw ValidationError("--page \(page) is below 1") }
  }

  func requirePage(of lesson: Lesson) throws {
    if let page { try lesson.requirePage(page) }
  }

  func configuration(
    _ lesson: Lesson, in library: LessonLibrary, device: DeviceKind?, appearance: Appearance
  ) -> ReaderLoop.Configuration {
    let environment = Self.environment
    var configuration = ReaderLoop.Configuration(
      appearance: appearance,
      reference: Reader.Reference(
        devices: { [audioDevice] in .system(audioDevice: audioDevice) },
        vocabulary: .standard,
        soundRemark: RemoteSession.soundRemark()),
      makePlayer: { [audioDevice] in Player.forReader(isAudible: $0, device: audioDevice) },
      files: {
        $0.files(
          in: library,
          writing: ProgressStore.filesFolder(ofLesson: $0.id, environment: environment))
      })
    configuration.volume = SavedVolume.read(environment: environment)
    configuration.keepVolume = { SavedVolume.write($0, environment: environment) }
    configuration.device = device
    configuration.startPage = page.map { $0 - 1 }
    configuration.store = ProgressStore(
      lesson: lesson.id, environment: environment, startsFresh: fresh)
    configuration.openStore = { ProgressStore(lesson: $0, environment: environment) }
    return configuration
  }

  static let environment: @Sendable (String) -> String? = { name in
    getenv(name).map { String(cString: $0) }
  }
}
