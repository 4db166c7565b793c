import Compute
import Concurrency
import Interpreter
import Messages

/// Matrices as pictures.
extension Builtins {
  static let images: [Builtin] = [
    Builtin(
      "image",
      [
        Parameter("matrix", note: "(rows, columns); row 0 is at the bottom"),
        .optionalKeyword(
          "extent", note: "(left, right, bottom, top) of the axes; the indices by default"),
        .optionalKeyword("title"), .optionalKeyword("xlabel"), .optionalKeyword("ylabel"),
        .optionalKeyword("vmin", note: "the value of the faintest shade"),
        .optionalKeyword("vmax", note: "the value of the fullest shade"),
      ],
      """
      A matrix as shades, with axes: image(np.abs(Z), extent=(t[0], t[-1], f[0], f[-1])). Row 0 is at the \
      bottom; image(matrix[::-1]) turns it over. Where there is no room for each element, the largest \
      one of several is shown.
      """
    ) { call in
      call.context.show(.figure(try image(call.arguments)))
      return .none
    }
  ]

  /// The most columns and rows of a picture: more than a screen shows.
  private static let largestImage = (columns: 800, rows: 800)

  private static func image(_ arguments: Arguments) throws -> Figure {
    let matrix = try arguments.drawnArray("matrix")
    guard matrix.axisCount == 2 else {
      throw arguments.error(
        "matrix",
        "must have two axes, but its shape is \(NDArray.describe(shape: matrix.shape))",
        hint: matrix.axisCount == 1 ? "plot draws a signal" : "pick a matrix, as in x[0]")
    }
    guard matrix.type != .complex128 else {
      throw arguments.error("matrix", "must be real", hint: "use np.abs or np.angle")
    }
    guard matrix.count > 0 else { throw arguments.error("matrix", "has no elements") }
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    let picture = try reduced(matrix.doubles, rows: rows, columns: columns)

    var figure = Figure(kind: .image, summary: "")
    figure.title = try arguments.optionalString("title")
    figure.xLabel = try arguments.optionalString("xlabel")
    figure.yLabel = try arguments.optionalString("ylabel")
    var (low, high) = (Double.infinity, -Double.infinity)
    for column in picture {
      for value in column where value.isFinite { (low, high) = (min(low, value), max(high, value)) }
    }
    let isBlank = low > high
    let extent = try extent(arguments, rows: rows, columns: columns)
    figure.heatmap = Figure.Heatmap(
      columns: picture, levels: try shades(arguments, isBlank ? 0...1 : low...high),
      xRange: extent.x, yRange: extent.y, unit: "")
    figure.summary =
      "image of \(Quantity(rows)) row\(rows == 1 ? "" : "s") and \(Quantity(columns)) "
      + "column\(columns == 1 ? "" : "s"), "
      + (isBlank
        ? "without finite numbers" : "from \(Quantity(low)) to \(Quantity(high))")
    return figure
  }

  /// `picture[x][y]`, the largest finite value of each part where the matrix is larger than a picture.
  private static func reduced(
    _ values: [Double], rows: Int, columns: Int
  ) throws -> [[Double]] {
    let width = min(columns, largestImage.columns)
    let height = min(rows, largestImage.rows)
    try Budget.reserve(8 * Double(width * height), for: "the image")
    var picture = [[Double]](
      repeating: [Double](repeating: -.infinity, count: height), count: width)
    try Budget.forEachChunk(of: values.count, steps: 8) { range in
      for index in range where values[index].isFinite {
        let (row, column) = index.quotientAndRemainder(dividingBy: columns)
        let (x, y) = (column * width / columns, row * height / rows)
        if values[index] > picture[x][y] { picture[x][y] = values[index] }
      }
    }
    return picture
  }

  private static func extent(
    _ arguments: Arguments, rows: Int, columns: Int
  ) throws -> (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    guard let values = try arguments.optionalList("extent") else {
      return (0...Double(columns), 0...Double(rows))
    }
    let numbers = values.compactMap(\.realNumber).filter(\.isFinite)
    guard values.count == 4, numbers.count == 4, numbers[0] < numbers[1],
      numbers[2] < numbers[3], (numbers[1] - numbers[0]).isFinite,
      (numbers[3] - numbers[2]).isFinite
    else {
      throw arguments.error(
        "extent", "must be (left, right, bottom, top), each pair increasing")
    }
    return (numbers[0]...numbers[1], numbers[2]...numbers[3])
  }
}
