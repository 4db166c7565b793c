import ArgumentParser
import Compute
import Glibc
import Messages

/// The program: flags, commands, and the place where the parts are put together.
@main
struct Etude: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "etude",
    abstract: "Interactive lessons on audio and neural networks, in the terminal.",
    discussion: """
      Examples:
        etude                      choose a lesson, or open the only one
        etude convolution          read the lesson "convolution"
        etude eval 'np.convolve([1, 2, 3], [1, 1])'

      In the reader, ? shows the keys and q leaves.
      """,
    version: "etude 0.1",
    subcommands: [Open.self, List.self, DevicesCommand.self, Check.self, Render.self, Eval.self],
    defaultSubcommand: Open.self)

  /// Exit codes: 0, 1 when the work failed, 2 for a command line that makes no sense.
  static func main() {
    // Whoever reads our output may stop; writing then fails, and `Console` ends the program.
    signal(SIGPIPE, SIG_IGN)
    // A file may have no room to grow; writing then fails likewise, and is reported.
    signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Diagnostic {
      failure.report()
      Glibc.exit(1)
    } catch let code as ExitCode {
      Glibc.exit(code.rawValue)
    } catch {
      if exitCode(for: error).isSuccess {
        // --help and --version come as errors.
        Console.write(fullMessage(for: error) + "\n")
        Glibc.exit(0)
      }
      Console.complain(oneLine(message(for: error)) + "; see etude --help")
      Glibc.exit(2)
    }
  }

  private static func oneLine(_ text: String) -> String {
    var line = text.split(separator: "\n").joined(separator: " ")
    while line.hasSuffix(".") { line.removeLast() }
    return line
  }
}

extension Diagnostic {
  /// On standard error: why the work failed.
  func report() { Console.complain(description) }
}
