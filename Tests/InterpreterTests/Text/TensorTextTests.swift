import Interpreter
import RunningCells
import Testing

/// More tensors are compared with PyTorch itself, in EndToEndTests/Fixtures/cases/torch_text.py.
@Suite("Tensor text")
struct TensorTextTests {
  @Test(
    "Four digits, one width, the type unless it is the default",
    arguments: [
      ("torch.tensor([1.0, 2.5, -3.25])", "tensor([ 1.0000,  2.5000, -3.2500])"),
      ("torch.tensor([1.0, 2, 3])", "tensor([1., 2., 3.])"),
      ("torch.tensor([1e-5, 1.0])", "tensor([1.0000e-05, 1.0000e+00])"),
      ("torch.tensor([1, -20], dtype=torch.int16)", "tensor([  1, -20], dtype=torch.int16)"),
      ("torch.tensor(3.0)", "tensor(3.)"),
      ("torch.zeros(0, 3)", "tensor([], size=(0, 3))"),
      ("torch.arange(2000)", "tensor([   0,    1,    2,  ..., 1997, 1998, 1999])"),
      ("torch.zeros(2, 2)", "tensor([[0., 0.],\n        [0., 0.]])"),
      ("torch.tensor([0.5, float(\"inf\")])", "tensor([0.5000,    inf])"),
    ])
  func texts(expression: String, text: String) throws {
    #expect(try value(of: expression).repr == text)
    #expect(try value(of: expression).str == text)
  }

  @Test("A tensor without axes is formatted as a number")
  func formats() throws {
    let line = #"print(f"{torch.tensor(3.14159):.2f} {torch.tensor(2.0)} {torch.tensor([3.0])}")"#
    #expect(try RunningCells.text(of: line) == ["3.14 2.0 tensor([3.])"])
    #expect(cellError(of: #"x = f"{torch.tensor([3.0]):.2f}""#) != nil)
  }
}
