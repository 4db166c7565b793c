import Glibc

/// Asks for pages of 2 MiB where new memory is so large that they pay, as NumPy does: the system takes
/// about a microsecond for every page that is written for the first time.
@usableFromInline
func preferLargePages(_ start: UnsafeMutableRawPointer, byteCount: Int) {
  let page = 2 << 20
  guard byteCount >= 2 * page else { return }
  // The whole pages inside.
  let first = (Int(bitPattern: start) + page - 1) / page * page
  let end = (Int(bitPattern: start) + byteCount) / page * page
  if first < end { madvise(UnsafeMutableRawPointer(bitPattern: first), end - first, MADV_HUGEPAGE) }
}
