import Glibc

/// Makes a system call, and retries it whenever a signal interrupts it (EINTR).
///
/// - Returns: the result of the call; negative with `errno` set when it fails.
package func retryingWhenInterrupted(_ call: () -> Int) -> Int {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}
