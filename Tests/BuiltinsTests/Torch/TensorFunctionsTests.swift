import Compute
import Messages
import RunningCells
import Testing

@Suite("Functions and methods of tensors")
struct TensorFunctionsTests {
  @Test(
    "Closed forms",
    arguments: [
      // Divided by n - 1, where NumPy divides by n.
      ("torch.tensor([1.0, 2, 3]).std()", "tensor(1.)"),
      ("torch.tensor([1.0, 2, 3]).var(correction=0).item()", "0.6666666865348816"),
      ("torch.max(torch.tensor([[1, 4], [3, 2]]), 1)", "(tensor([4, 3]), tensor([1, 0]))"),
      ("torch.tensor([[1, 2], [3, 4]]).sum(dim=0)", "tensor([4, 6])"),
      ("torch.cat([torch.tensor([1]), torch.tensor([0.5])])", "tensor([1.0000, 0.5000])"),
      ("torch.zeros(1, 3, 1).squeeze(1).shape", "torch.Size([1, 3, 1])"),
      ("torch.zeros(2, 3, 4).flatten(1).shape", "torch.Size([2, 12])"),
      ("torch.tensor([2.5]).to('cpu', torch.int64)", "tensor([2])"),
      ("torch.tensor(np.arange(2, dtype=np.int16)).dtype", "torch.int16"),
      ("torch.tensor([1.0]).numpy().dtype", "dtype('float32')"),
      ("torch.tensor([np.float64(1)]).dtype", "torch.float64"),
      ("torch.allclose(torch.ones(2), torch.ones(2) + 1e-7)", "True"),
      ("torch.clamp(torch.tensor([-2, 5]), -1, 1)", "tensor([-1,  1])"),
      // Whole numbers that no float holds.
      ("torch.relu(torch.tensor([2**60 + 1, -3]))[0].item()", "1152921504606846977"),
      ("torch.tensor([2**60 + 1]).clamp(0, 2**60 + 3).item()", "1152921504606846977"),
      ("torch.tensor([2**60 + 1]).clamp(min=2**60 + 3).item()", "1152921504606846979"),
      ("torch.clamp(torch.tensor([5, 2]), min=2.5)", "tensor([5.0000, 2.5000])"),
      ("torch.clamp(torch.tensor([True]), 0, 1)", "tensor([1])"),
      (
        "F.pad(torch.arange(4)[None], (3, 1), mode='reflect')", "tensor([[3, 2, 1, 0, 1, 2, 3, 2]])"
      ),
      ("F.pad(torch.arange(4)[None], (-1, 3), mode='reflect')", "tensor([[1, 2, 3, 2, 1, 0]])"),
      ("F.pad(torch.arange(3)[None], (3, 1), mode='circular')", "tensor([[0, 1, 2, 0, 1, 2, 0]])"),
      ("F.pad(torch.arange(2)[None], (3, 0), mode='replicate')", "tensor([[0, 0, 0, 0, 1]])"),
      ("torch.arange(5, 0, -2)", "tensor([5, 3, 1])"),
      ("torch.arange(3, 3).shape", "torch.Size([0])"),
      ("F.cross_entropy(torch.zeros(3), torch.tensor(0))", "tensor(1.0986)"),
    ])
  func closedForms(expression: String, text: String) throws {
    #expect(try value(of: expression).repr == text)
  }

  @Test(
    "Sizes beyond a cell's budget are errors",
    arguments: [
      "torch.zeros(10**12)", "torch.ones(2**31, 2**31)", "torch.full((10**6, 10**6), 1.0)",
      "torch.arange(10**15)", "torch.linspace(0, 1, 10**12)",
      "F.pad(torch.zeros(3), (10**18, 10**18))", "F.pad(torch.zeros(3), (-9223372036854775808, 0))",
      "F.conv1d(torch.zeros(1, 1, 9), torch.zeros(1, 1, 3), padding=10**18)",
      "F.conv1d(torch.zeros(1, 1, 9), torch.zeros(1, 1, 3), padding=\"same\", dilation=2**62)",
      "F.conv_transpose1d(torch.zeros(1, 1, 9), torch.zeros(1, 1, 3), stride=2**30)",
      "torch.tensor(range(10**12))", "torch.stack([torch.zeros(10**8)] * 9)",
    ])
  func budget(expression: String) {
    #expect(cellError(of: "x = " + expression) != nil)
  }

  @Test(
    "What PyTorch rejects is rejected",
    arguments: [
      ("torch.relu(torch.tensor([True]))", "relu of booleans"),
      ("torch.clamp(torch.zeros(2))", "needs min, max or both"),
      ("F.pad(torch.zeros(4), (1, 1), mode='reflect')", "must leave one or two axes unpadded"),
      ("F.pad(torch.zeros(1, 4), (1, 1, 1, 1), mode='circular')", "but leaves 0"),
      (
        "F.pad(torch.zeros(1, 4), (4, 0), mode='reflect')",
        "is 4 with mode 'reflect', but may be at most 3"
      ),
      ("F.pad(torch.zeros(1, 4), (5, 0), mode='circular')", "may be at most 4 on an axis of 4"),
      ("F.pad(torch.zeros(1, 4), (1, 0), mode='replicate', value=2)", "has no meaning with mode"),
      ("F.pad(torch.zeros(1, 0), (1, 0), mode='replicate')", "no elements"),
      ("torch.flip(torch.zeros(2, 2), [0, -2])", "given more than once"),
      ("torch.where(torch.tensor([1, 0]), 1, 2)", "condition must be bool, not int64"),
      ("torch.round(torch.tensor([15]), decimals=-1)", "must be floating point, not int64"),
      ("torch.round(torch.tensor([True]))", "must be floating point, not bool"),
      ("F.max_pool1d(torch.arange(4)[None], 2)", "float"),
      ("torch.arange(5, 0)", "steps of 1 do not lead from 5 to 0"),
      ("torch.arange(-2.5)", "steps of 1 do not lead from 0 to -2.5"),
      ("torch.arange(0, 5, 0)", "step must not be 0"),
      ("F.cross_entropy(torch.zeros(2, 3), torch.tensor([[0], [1]]))", "its shape is (2, 1)"),
      ("F.cross_entropy(torch.zeros(1, 3), torch.tensor(0))", "must have one axis"),
      ("F.cross_entropy(torch.zeros(2, 3), torch.tensor([0, 1], dtype=torch.int32))", "not int32"),
      (
        "F.conv1d(torch.zeros(1, 1, 4), torch.zeros(1, 1, 0), padding='same')",
        "leave nothing to compute"
      ),
      (
        "F.conv_transpose1d(torch.zeros(1, 1, 4), torch.zeros(1, 1, 2), output_padding=2**62)",
        "output_padding is 4611686018427387904"
      ),
    ])
  func refusals(expression: String, message: String) {
    let error = cellError(of: "x = " + expression)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "no error")")
  }

  @Test("A bare tensor is shown like an array")
  func summary() throws {
    let cell = try RunningCell("torch.linspace(-1, 1, 33)")
    guard case .arraySummary(let line, let sparkline)? = cell.outputs.first else {
      Issue.record("no summary")
      return
    }
    #expect(line == "torch.float32, shape (33,), −1 … 1 (summary)")
    #expect(sparkline.count == 33)
    #expect(
      try text(of: "torch.tensor(2.5); torch.arange(3.0)") == [
        "tensor(2.5000)", "tensor([0., 1., 2.])",
      ])
  }

  @Test("Tensors with one axis can be drawn and played")
  func drawing() throws {
    let cell = try RunningCell(
      "x = torch.linspace(0, 1, 50)\nplot(x)\nstem(x[:5])\nplay(x, 8000)\nspectrum(x, 100)")
    #expect(cell.figures.count == 3)
    #expect(cell.tracks.first?.samples.count == 50)
    #expect(
      failure(of: "plot(torch.zeros(1, 1, 8))")?.contains("use x.squeeze()") == true)
  }
}

@Suite("PyTorch's devices")
struct TorchDevicesTests {
  @Test("An unavailable device can be named, but not used")
  func devices() throws {
    #expect(try value(of: "str(torch.device('cuda'))").repr == "'cuda'")
    #expect(try value(of: "torch.zeros(1).device").repr == "device(type='cpu')")
    #expect(try value(of: "torch.backends.mps.is_available()").repr == "False")
    let error = cellError(of: "x = torch.zeros(2, device='mps')")
    #expect(
      error?.message
        == "torch.zeros: the device 'mps' cannot be used: Not available on this system: MPS needs macOS"
    )
    #expect(error?.hint == "use 'cpu'")
    #expect(cellError(of: "x = torch.zeros(2).to(torch.device('mps'))") != nil)
    let unknown = cellError(of: "x = torch.zeros(2).to('tpu')")
    #expect(unknown?.message == "tensor.to: 'tpu' is not a device")
    #expect(unknown?.hint == "use 'cpu', 'cuda' or 'mps'")
    #expect(try value(of: "str(torch.device('cuda:0'))").repr == "'cuda'")
    #expect(
      cellError(of: "x = torch.device('cuda:1')")?.message.contains("there is no 'cuda:1'") == true)
    #expect(cellError(of: "x = torch.device('cuda:0:0')") != nil)
  }

  @Test("The chosen device is an available one")
  func choosing() throws {
    let plain = try RunningCell("name = choose_device()\ndevice = torch.device(name)")
    #expect(plain.values["device"]?.repr == "device(type='cpu')")
    #expect(plain.texts.isEmpty)
    let mps = try RunningCell("name = choose_device()", widgets: ["name": .option(2)])
    #expect(mps.json("name") == "\"cpu\"")
    #expect(
      mps.texts == [
        "Not available on this system: MPS needs macOS. Until you choose another device, the CPU computes."
      ])
    guard case .choice(let options, let selected, _)? = mps.widgets.first?.kind else {
      Issue.record("no choice")
      return
    }
    #expect(options == ["cpu", "cuda", "mps"])
    #expect(selected == 2)
  }

  @Test(
    "Modules have other names, and missing names have hints",
    arguments: [
      ("torch.nn.functional.relu(torch.ones(1))", nil),
      ("torch.manual_seed(0)", "waveforms(…, seed=0)"),
      ("torch.ones(1).backward()", "train(model, data)"),
      ("torch.ones(1).astype(float)", "x.to(torch.float64)"),
      ("torch.ones(1).nonzero()", "x.numpy().nonzero(…)"),
      ("np.ones(1).unsqueeze(0)", "torch.tensor(x).unsqueeze(…)"),
    ])
  func absentNames(expression: String, hint: String?) {
    let error = cellError(of: "x = " + expression)
    if let hint {
      #expect(error?.hint?.contains(hint) == true)
    } else {
      #expect(error == nil)
    }
  }

  @Test("Lessons' imports work, and a data loader is not needed")
  func imports() {
    #expect(
      failure(
        of: """
          import torch
          import torch.nn as nn
          import torch.nn.functional as F
          import torch.optim as optim
          """) == nil)
    let refusal = #expect(throws: Diagnostic.self) {
      try parsed("from torch.utils.data import Dataset, DataLoader, random_split")
    }
    #expect(refusal?.hint?.contains("dataset(X, y)") == true)
  }
}
