import Compute
import RunningCells
import Testing

@Suite("PyTorch's functions of networks")
struct NetworkFunctionsTests {
  @Test("conv1d correlates; with a flipped kernel it equals np.convolve")
  func flipping() throws {
    let code = """
      x = torch.tensor([0.0, 1, 0, 0, 2, 1, 0, 0])
      h = torch.tensor([1.0, 0.5, 0.25])
      plain = F.conv1d(x.view(1, 1, -1), h.view(1, 1, -1), padding=2).flatten()
      flipped = F.conv1d(x.view(1, 1, -1), h.flip(0).view(1, 1, -1), padding=2).flatten()
      same = np.max(np.abs(flipped.numpy() - np.convolve(x.numpy(), h.numpy())))
      """
    #expect(try value(of: "same", after: code).realNumber == 0)
    #expect(try value(of: "y", after: code + "\ny = float(plain[5])").repr == "1.25")
  }

  @Test("The notebook's lengths: 12 taps, or 11 and one sample more, give 2L + 10")
  func restoredLength() throws {
    let code = "y = torch.zeros(1, 1, 100)\n"
    for call in [
      "torch.ones(1, 1, 12), stride=2", "torch.ones(1, 1, 11), stride=2, output_padding=1",
    ] {
      #expect(
        try value(of: "n", after: code + "n = F.conv_transpose1d(y, \(call)).shape[-1]").repr
          == "210")
    }
  }

  @Test(
    "Errors name the arguments that do not fit",
    arguments: [
      (
        "F.conv1d(torch.zeros(1, 2, 9), torch.zeros(1, 3, 3))",
        "F.conv1d: the weight has 3 input channels, and the signal has 2"
      ),
      (
        "F.conv1d(torch.zeros(9), torch.zeros(1, 1, 3))",
        """
        F.conv1d: input must be (batch, channels, length) or (channels, length), but its shape is \
        (9,)
        """
      ),
      (
        "F.conv1d(torch.zeros(1, 1, 9), torch.zeros(1, 1, 3).double())",
        "F.conv1d: the input is float32, and the weight is float64"
      ),
      (
        "F.conv1d(torch.zeros(1, 1, 9), torch.zeros(1, 1, 3), padding=(1, 1))",
        "F.conv1d: padding must be one number: a signal has one length"
      ),
      (
        "F.cross_entropy(torch.zeros(2, 3), torch.tensor([0, 3]))",
        "F.cross_entropy: the class 3 is outside of 0 to 2"
      ),
      (
        "F.cross_entropy(torch.zeros(2, 3), torch.tensor([0, 1]), torch.ones(2))",
        "F.cross_entropy: the weight has shape (2,), and there are 3 classes"
      ),
      (
        "F.cross_entropy(torch.zeros(2, 3), torch.tensor([0, 1]), label_smoothing=2)",
        "F.cross_entropy: label_smoothing is 2.0, but must be between 0 and 1"
      ),
      (
        "F.conv1d(torch.zeros(1, 1, 9), torch.zeros(1, 1, 3), stride=3, padding=\"same\")",
        "F.conv1d: padding='same' needs stride=1, but stride is 3"
      ),
      (
        "F.max_pool1d(torch.zeros(1, 1, 4), 3, dilation=2)",
        "F.max_pool1d: the signal's length is 4, and a window of 3, which with dilation 2 spans 5 "
          + "samples, does not fit"
      ),
      (
        "F.max_pool1d(torch.zeros(1, 1, 4), 2, return_indices=True)",
        "F.max_pool1d: return_indices must be False: where the maxima were is not returned here"
      ),
      (
        "F.group_norm(torch.zeros(1, 3, 4), 2)",
        "F.group_norm: 3 channels cannot be divided into 2 groups"
      ),
    ])
  func sentences(expression: String, message: String) {
    #expect(cellError(of: "x = " + expression)?.message == message)
  }

  @Test("Filtering a long recording is fast")
  func speed() throws {
    let code = """
      x = torch.sin(torch.arange(220500) * 0.01).view(1, 1, -1)
      short = timeit(F.conv1d, x, torch.ones(1, 1, 11), stride=2, padding=10)
      long = timeit(F.conv1d, x, torch.ones(1, 1, 1023), stride=2, padding=1022)
      """
    // Some milliseconds each; the limit is for a machine with other things to do.
    #expect(try #require(value(of: "short", after: code).realNumber) < 0.5)
    #expect(try #require(value(of: "long", after: code).realNumber) < 1)
  }
}
