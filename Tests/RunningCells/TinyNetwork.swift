import Messages
import NeuralNetworks

/// The code of a network and data that train in no time: `net` and `data`.
package let tinyNetwork = """
  X = np.array([[np.sin(k * n) for n in range(8)] for k in range(12)])
  data = dataset(X, np.arange(12) % 2)
  net = nn.Sequential(nn.Conv1d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(12, 2))
  """

/// A call of `train` with them.
package let tinyCall = "train(net, data, optim.SGD(lr=0.1), epochs=20, batch_size=4, test=data)"

package func tinyFit() throws -> Fit {
  guard case .fit(let fit) = try value(of: "fit", after: "\(tinyNetwork)\nfit = \(tinyCall)")
  else { throw Diagnostic("no fit") }
  return fit
}

package func bits(_ values: some Sequence<Double>) -> [UInt64] { values.map(\.bitPattern) }
