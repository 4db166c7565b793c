import NeuralNetworks
import Notebook

/// The code of a network, and of data for it, that train in no time: `net` and `data`.
let tinyNetwork = """
  X = np.array([[np.sin(k * n) for n in range(8)] for k in range(12)])
  data = dataset(X, np.arange(12) % 2)
  net = nn.Sequential(nn.Conv1d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(12, 2))
  """

/// A call of `train` with it; its losses, when nobody watches.
let tinyCall = "train(net, data, optim.SGD(lr=0.1), epochs=20, batch_size=4, test=data)"

func tinyFit() throws -> Fit {
  guard case .fit(let fit) = try value(of: "fit", after: "\(tinyNetwork)\nfit = \(tinyCall)")
  else { throw CellError("no fit") }
  return fit
}

func bits(_ values: [Double]) -> [UInt64] { values.map(\.bitPattern) }
