import Glibc

/// Makes a system call, again whenever a signal interrupts it (EINTR).
///
/// - Returns: what the call returns; negative with `errno` set when it fails.
package func retryingWhenInterrupted(_ call: () -> Int) -> Int {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}
