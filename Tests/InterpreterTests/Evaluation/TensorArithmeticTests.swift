import Compute
import Interpreter
import RunningCells
import Testing

/// The repr of an expression; for tensors, as PyTorch shows it.
private func printed(_ expression: String) throws -> String {
  try value(of: expression).repr
}

@Suite("Tensor arithmetic")
struct TensorArithmeticTests {
  @Test(
    "Promotion is PyTorch's",
    arguments: [
      ("torch.tensor([1.0]) * 0.5", "tensor([0.5000])"),
      ("torch.tensor([1]) * 0.5", "tensor([0.5000])"),
      ("torch.tensor([1, 2]) / 2", "tensor([0.5000, 1.0000])"),
      (
        "torch.tensor([1.0]) + torch.tensor([1.0], dtype=torch.float64)",
        "tensor([2.], dtype=torch.float64)"
      ),
      // Without axes a tensor yields to one with axes, unless its kind is higher.
      ("torch.tensor(1.0, dtype=torch.float64) + torch.tensor([1.0])", "tensor([2.])"),
      (
        "torch.tensor(1.0, dtype=torch.float64) + torch.tensor([1])",
        "tensor([2.], dtype=torch.float64)"
      ),
      ("torch.tensor([1]) + torch.tensor([1.0])", "tensor([2.])"),
      ("torch.tensor([True]) + 1", "tensor([2])"),
      ("np.float64(2) * torch.tensor([1.5])", "tensor([3.])"),
      ("1 - torch.tensor([3])", "tensor([-2])"),
      ("torch.tensor([-7]) // 2", "tensor([-4])"),
      ("torch.tensor([1, 2, 3]) > 1", "tensor([False,  True,  True])"),
      ("torch.tensor([1.0]) == None", "False"),
      ("-torch.tensor([1.5])", "tensor([-1.5000])"),
    ])
  func promotion(expression: String, text: String) throws {
    #expect(try printed(expression) == text)
  }

  @Test(
    "Errors come with a hint",
    arguments: [
      ("np.arange(2) * torch.tensor([1, 2])", "torch.tensor(x) makes a tensor, x.numpy() an array"),
      ("np.mean(torch.tensor([1.0]))", "use x.numpy()"),
      ("torch.tensor([1, 2, 3])[::-1]", "use x.flip(0)"),
      ("torch.sum(np.arange(3))", "use torch.tensor(input)"),
      ("torch.tensor([1]).mean()", "use x.float()"),
      ("np.arange(3)[torch.tensor([0, 1])]", "use x.numpy() as the index"),
    ])
  func refusals(expression: String, hint: String) {
    #expect(cellError(of: "x = " + expression)?.hint?.contains(hint) == true)
  }

  @Test("Whole numbers cannot be divided by zero")
  func divisionByZero() {
    #expect(cellError(of: "x = torch.tensor([1]) // 0")?.message.contains("by zero") == true)
  }
}

@Suite("Tensor indexing")
struct TensorIndexingTests {
  @Test("Parts, masks and index tensors")
  func parts() throws {
    let code = "x = torch.arange(6).reshape(2, 3)\n"
    #expect(try value(of: "y", after: code + "y = x[1]").repr == "tensor([3, 4, 5])")
    #expect(try value(of: "y", after: code + "y = x[0, 2]").repr == "tensor(2)")
    #expect(try value(of: "y", after: code + "y = x[x > 3]").repr == "tensor([4, 5])")
    #expect(
      try value(of: "y", after: code + "y = x[:, [0, 2]].tolist()").repr == "[[0, 2], [3, 5]]")
    #expect(try value(of: "y", after: code + "y = [int(r.sum()) for r in x]").repr == "[3, 12]")
  }

  @Test("Assigned elements are converted to the tensor's type")
  func assignment() throws {
    let code = "x = torch.zeros(3)\nx[1] = 2\nx[0] = torch.tensor(4)\nx += 1"
    #expect(try value(of: "x", after: code).repr == "tensor([5., 3., 1.])")
    #expect(try value(of: "x", after: "x = torch.arange(2)\nx[0] = 2.9").repr == "tensor([2, 1])")
    #expect(cellError(of: "x = torch.arange(2)\nx += 0.5") != nil)
  }

  @Test("A shape is a tuple that prints as torch.Size")
  func shapes() throws {
    let code = "x = torch.zeros(2, 3)\n"
    #expect(try value(of: "y", after: code + "y = str(x.shape)").repr == "'torch.Size([2, 3])'")
    #expect(try value(of: "y", after: code + "y = x.shape == (2, 3)").repr == "True")
    #expect(try value(of: "b", after: code + "a, b = x.shape").repr == "3")
    #expect(try value(of: "y", after: code + "y = x.shape[1:]").repr == "torch.Size([3])")
    #expect(try value(of: "y", after: code + "y = np.zeros(x.shape).shape").repr == "(2, 3)")
  }
}
