import ArgumentParser
import CUDA
import Compute
import Glibc
import Messages

/// The program: flags, commands, and the wiring of the parts.
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

      In the reader, ? shows the keys and q quits.
      """,
    version: "etude \(version)",
    subcommands: [
      Open.self, Read.self, List.self, DevicesCommand.self, Check.self, Render.self, Export.self,
      Eval.self,
    ],
    defaultSubcommand: Open.self)

  /// Exit codes: 0; 1 when the work failed; 2 for an invalid command line.
  static func main() {
    // The reader of our output may close the pipe; writing then fails, and `Console` exits.
    signal(SIGPIPE, SIG_IGN)
    // A file may hit a size limit; writing then fails too, and is reported.
    signal(SIGXFSZ, SIG_IGN)
    Devices.register(CUDADevice())
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
        // --help and --version are thrown as errors.
        Console.write(fullMessage(for: error) + "\n")
        Glibc.exit(0)
      }
      Console.reportError(oneLine(message(for: error)) + "; see etude --help")
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
  /// Prints it on standard error.
  func report() { Console.reportError(description) }
}
