import Messages
import Sounds

extension Track {
  /// What is not heard as it was computed; nil when everything is.
  package var remark: String? {
    guard clips else { return nil }
    let peak = Quantity((100 * Double(overview.peak)).rounded() / 100)
    return "\(label) clips: its peak is \(peak), and samples beyond ±1 are cut off; "
      + "scale it, as in x / np.max(np.abs(x))"
  }
}
