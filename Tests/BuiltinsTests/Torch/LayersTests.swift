import RunningCells
import Testing

@Suite struct LayersTests {
  @Test func modelsPrintAsInPyTorch() throws {
    let code = """
      nn.Sequential(nn.Conv1d(1, 16, kernel_size=5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
        nn.Flatten(), nn.Linear(992, 3))
      """
    #expect(
      try value(of: code).str == """
        Sequential(
          (0): Conv1d(1, 16, kernel_size=(5,), stride=(2,))
          (1): ReLU()
          (2): MaxPool1d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)
          (3): Flatten(start_dim=1, end_dim=-1)
          (4): Linear(in_features=992, out_features=3, bias=True)
        )
        """)
  }

  /// Positional arguments are in PyTorch's order.
  @Test(arguments: [
    (
      "nn.Conv1d(4, 6, 3, 2, 1, 5, 2, False)",
      """
      Conv1d(4, 6, kernel_size=(3,), stride=(2,), padding=(1,), dilation=(5,), groups=2, \
      bias=False)
      """
    ),
    (
      "nn.ConvTranspose1d(4, 6, (3,), 2, 1, 1, 2, False, 5)",
      "ConvTranspose1d(4, 6, kernel_size=(3,), stride=(2,), padding=(1,), dilation=(5,), "
        + "output_padding=(1,), groups=2, bias=False)"
    ),
    (
      "nn.Conv1d(4, 6, 3, padding=\"same\")",
      "Conv1d(4, 6, kernel_size=(3,), stride=(1,), padding=same)"
    ),
    (
      "nn.Conv1d(4, 6, 3, 2, \"valid\")",
      "Conv1d(4, 6, kernel_size=(3,), stride=(2,), padding=valid)"
    ),
    ("nn.AvgPool1d(3, 2)", "AvgPool1d(kernel_size=(3,), stride=(2,), padding=(0,))"),
    (
      "nn.AvgPool1d(3, 2, 1, True, False)", "AvgPool1d(kernel_size=(3,), stride=(2,), padding=(1,))"
    ),
    (
      "nn.MaxPool1d(3, 2, 1, 4, False, True)",
      "MaxPool1d(kernel_size=3, stride=2, padding=1, dilation=4, ceil_mode=True)"
    ),
    ("nn.GroupNorm(2, 6)", "GroupNorm(2, 6, eps=1e-05, affine=True, bias=True)"),
    ("nn.GroupNorm(3, 6, 0.5, False)", "GroupNorm(3, 6, eps=0.5, affine=False, bias=False)"),
    ("nn.CrossEntropyLoss(torch.ones(3), label_smoothing=0.1)", "CrossEntropyLoss()"),
    ("nn.AdaptiveAvgPool1d(1)", "AdaptiveAvgPool1d(output_size=1)"),
    ("nn.Dropout()", "Dropout(p=0.5, inplace=False)"),
    ("nn.Tanh()", "Tanh()"), ("nn.Sigmoid()", "Sigmoid()"),
    ("nn.Linear(2, 3, bias=False)", "Linear(in_features=2, out_features=3, bias=False)"),
  ])
  func layersTakeTheirOptions(code: String, text: String) throws {
    #expect(try value(of: code).repr == text)
  }

  @Test(arguments: [
    ("nn.BatchNorm1d(2, eps=np.nan)", "eps is nan, but must be a finite number"),
    ("nn.Conv1d(0, 1, 5)", "nn.Conv1d: in_channels is 0, but must be at least 1"),
    ("nn.Conv1d(1, 1, 0)", "kernel_size is 0, but must be at least 1"),
    ("nn.Conv1d(1, 1, 5, padding=-1)", "padding is -1, but must be at least 0"),
    ("nn.Conv1d(3, 4, 5, groups=2)", "in_channels is 3, and cannot be divided into 2 groups"),
    ("nn.Conv1d(1, 1, (5, 5))", "a signal has one length"),
    ("nn.Conv1d(10**9, 10**9, 5)", "1 GiB is allowed"),
    ("nn.Conv1d(1, 10**18, 5)", "2**30"),
    ("nn.ConvTranspose1d(1, 1, 5, stride=2, output_padding=2)", "smaller than the stride, 2"),
    ("nn.Linear(10**6, 10**6)", "1 GiB is allowed"), ("nn.Linear(2.5, 1)", "a whole number"),
    ("nn.Dropout(1.5)", "between 0 and 1"), ("nn.AdaptiveAvgPool1d(4)", "must be 1"),
    ("nn.BatchNorm1d(4, eps=-1)", "eps"), ("nn.MaxPool1d(2, stride=0)", "stride"),
    (
      "nn.Conv1d(1, 1, 3, stride=2, padding=\"same\")",
      "padding='same' needs stride=1, but stride is 2"
    ),
    ("nn.Conv1d(1, 1, 3, padding=\"full\")", "padding is 'full'"),
    ("nn.ConvTranspose1d(1, 1, 3, padding=\"same\")", "padding must be"),
    ("nn.MaxPool1d(3, padding=2)", "padding is 2, and may be 0 to 1, half of the kernel of 3"),
    ("nn.MaxPool1d(3, dilation=0)", "dilation is 0, but must be at least 1"),
    ("nn.MaxPool1d(3, return_indices=True)", "return_indices must be False"),
    ("nn.GroupNorm(3, 4)", "num_channels is 4, and cannot be divided into 3 groups"),
    ("nn.GroupNorm(2, 4, eps=-1)", "eps is -1, but must be a finite number, 0 or more"),
    ("nn.CrossEntropyLoss(label_smoothing=1.5)", "label_smoothing is 1.5, but must be between"),
    ("nn.CrossEntropyLoss([1.0, 2.0])", "weight must be"),
    ("nn.CrossEntropyLoss(torch.tensor([1.0, -2]))", "weight has -2.0"),
    ("nn.CrossEntropyLoss()(1, 2)", "cannot be called"),
    ("nn.Sequential()", "is empty"), ("nn.Sequential(nn.ReLU)", "write () after its name"),
    ("nn.Sequential(3)", "number 0 is 'int'"), ("nn.Conv2d(1, 1, 5)", "nn has no Conv2d"),
  ])
  func badSizesAreExplained(code: String, message: String) {
    let error = failure(of: "model = \(code)")
    #expect(error?.contains(message) == true, "\(error ?? "no error")")
  }

  @Test func equalModelsAreIdentical() throws {
    #expect(try value(of: "nn.ReLU()").isIdentical(to: value(of: "nn.ReLU()")))
    #expect(!(try value(of: "nn.Dropout(0.1)").isIdentical(to: value(of: "nn.Dropout(0.2)"))))
  }

  @Test func networksOfNetworksHaveALimit() {
    let doubling = (1...40).map { "m\($0) = nn.Sequential(m\($0 - 1), m\($0 - 1))" }
    let nesting = (1...200).map { "m\($0) = nn.Sequential(m\($0 - 1))" }
    for steps in [doubling, nesting] {
      let error = failure(of: (["m0 = nn.ReLU()"] + steps).joined(separator: "\n"))
      #expect(error?.contains("1000 layers in 20 levels are allowed") == true, "\(error ?? "")")
    }
  }

  @Test func receptiveFieldsEndWhereTheyExceed64Bits() throws {
    let pools = Array(repeating: "nn.MaxPool1d(1, 2**30)", count: 3).joined(separator: ", ")
    let fields = try value(of: "receptive_field(nn.Sequential(\(pools)), (1, 10))")
    #expect(fields.repr == "[(1, 1073741824), (1, 1152921504606846976)]")
  }
}
