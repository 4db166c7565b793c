import Glibc
import Testing

/// Computing on a graphics card in the real program, with a driver that plays one.
@Suite(
  .serialized,
  .enabled(if: run("tmux", ["-V"]).status == 0, "needs tmux: scripts/setup --tests installs it"))
struct CardTests {
  /// Built with the tests, beside the program.
  private static let driver =
    "\(CPythonComparison.executable.dropLast("etude".count))libFakeCUDA.so"
  private static let folder = String(#filePath.prefix(upTo: #filePath.lastIndex(of: "/")!))

  private func etude(
    _ arguments: String..., environment: [String] = []
  ) -> (output: String, errors: String, status: Int32) {
    run(
      "env",
      ["ETUDE_CUDA_DRIVER=\(Self.driver)"] + environment + [CPythonComparison.executable]
        + arguments)
  }

  /// Prints the same on both devices.
  private func check(_ code: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let expected = etude("eval", code)
    let result = etude("eval", "--device", "cuda", code)
    #expect(result.errors == "", sourceLocation: sourceLocation)
    #expect(result.output == expected.output, sourceLocation: sourceLocation)
    #expect(result.status == 0, sourceLocation: sourceLocation)
  }

  @Test("devices describes the card, or says why it cannot be used")
  func devices() {
    let card = etude("devices").output
    #expect(card.contains("compute capability"))
    for (failure, sentence) in [
      ("no-device", "The NVIDIA driver finds no card"), ("stub", "is a stub"),
      ("old-driver", "install driver 525 or newer"), ("busy", "in use by another program"),
    ] {
      #expect(etude("devices", environment: ["FAKE_CUDA=\(failure)"]).output.contains(sentence))
    }
  }

  @Test("--device cuda without a card ends with 1 and the reason")
  func withoutACard() {
    let result = run(CPythonComparison.executable, ["eval", "--device", "cuda", "1 + 1"])
    #expect(result.status == 1)
    #expect(result.output == "")
    #expect(result.errors.contains("--device cuda cannot be used: No NVIDIA driver was found"))
    let busy = etude("eval", "--device", "cuda", "1", environment: ["FAKE_CUDA=busy"])
    #expect(busy.status == 1 && busy.errors.contains("in use by another program"))
  }

  @Test("Cells compute the same on the card")
  func cells() {
    check(
      "x = torch.arange(12, dtype=torch.float32).reshape(1, 2, 6); print((x * 2 - x / 3).cpu())")
    check("F.conv1d(torch.ones(1, 1, 9), torch.tensor([[[1.0, 2, 3]]]), padding=1).numpy()")
    check(
      "x = torch.linspace(-3, 3, 100); print(F.silu(x).sum().item(), x.mean().item(), x.std().item(), x[3:5].tolist())"
    )
    check("print(torch.stack([torch.ones(2), torch.zeros(2)]).softmax(0).tolist())")
    check("print([float(v) for v in torch.tensor([1.5, 2.5]).exp()])")
    check(
      "print((torch.from_numpy(np.arange(3.0)) + torch.tensor([1.0, 2.0, 3.0]).double()).tolist())")
  }

  @Test("A tensor says where it is, and moves")
  func moving() {
    let result = etude(
      "eval",
      """
      x = torch.tensor([1.0, 2.0], device="cuda")
      print(x.device, x, (x + 1).cpu(), torch.tensor([3.0]).to("cuda").device, torch.cuda.is_available())
      print(torch.tensor([1.0]).cuda() * torch.tensor(2.0))
      """)
    #expect(
      result.output == """
        cuda tensor([1., 2.], device='cuda:0') tensor([2., 3.]) cuda True
        tensor([2.], device='cuda:0')

        """)
  }

  @Test("Tensors on different devices do not mix")
  func mixing() {
    for code in [
      "torch.ones(2) + torch.ones(2, device=\"cuda\")",
      "F.conv1d(torch.ones(1, 1, 4), torch.ones(1, 1, 2).cuda())",
      "torch.cat([torch.ones(2), torch.ones(2).cuda()])",
      "torch.equal(torch.ones(2), torch.ones(2).cuda())",
    ] {
      let result = etude("eval", code)
      #expect(result.status == 1)
      #expect(
        result.errors.contains(
          "Expected all tensors to be on the same device, but found at least two devices, cpu and "
            + "cuda:0; move one of them, as in x.to('cuda')"), "\(code): \(result.errors)")
    }
    let result = etude("eval", "torch.ones(2).cuda().numpy()")
    #expect(result.errors.contains("x.cpu().numpy()"))
  }

  private static let training = """
    X, y = waveforms(count=20, length=32)
    train_set, test_set = split(dataset(X[:, None], y), 0.5)
    net = nn.Sequential(nn.Conv1d(1, 4, 5), nn.ReLU(), nn.MaxPool1d(2), nn.Flatten(), nn.Dropout(0.2), nn.Linear(56, 3))
    fit = train(net, train_set, epochs=5, batch_size=8, test=test_set)
    print(fit.history, fit.test_history, predict(fit, test_set))
    """

  @Test(
    "A network trains to the same bits on the card",
    .enabled(
      if: OneArithmeticTests.canFuse, "this processor cannot fuse products and sums, as cards do"))
  func training() {
    check(Self.training)
    // An operator's launch would fail first, were there one.
    let lost = etude(
      "eval", "--device", "cuda", Self.training, environment: ["FAKE_CUDA=lost:1"])
    #expect(lost.status == 0)
    #expect(lost.output.contains("The card has stopped working"))
    #expect(lost.output.contains("The CPU goes on from epoch"))
    let expected = etude("eval", Self.training).output
    #expect(lost.output.hasSuffix(expected), "the bits are the same")
  }

  @Test("What a lost card had is told, not shown as something else")
  func losing() {
    let code = "x = torch.ones(3, device=\"cuda\") * 2; y = x + 1; print(y)"
    let result = etude("eval", code, environment: ["FAKE_CUDA=lost:1"])
    #expect(result.status == 1)
    #expect(result.errors.contains("The card has stopped working"))
    #expect(result.output == "")
  }

  @Test("The chosen device is the next start's; a card that is gone is told, and the CPU computes")
  func choiceIsKept() throws {
    let state = "/tmp/etude-test-\(UInt32.random(in: 0...UInt32.max))-device"
    defer { run("rm", ["-rf", state]) }
    func start(_ environment: String) -> TerminalSession {
      TerminalSession(
        "\(environment) \(CPythonComparison.executable) learning --lessons "
          + "\(Self.folder)/Fixtures/networks --page 2", state: state)
    }
    let card = "ETUDE_CUDA_DRIVER=\(Self.driver)"
    var terminal = start(card)
    try #require(terminal.screen(containing: "2/2") != nil)
    terminal.press("d")
    try #require(terminal.screen(containing: "compute capability") != nil)
    terminal.press("Down", "Enter")
    try #require(
      terminal.screen { $0.contains(" CUDA") && !$0.contains("compute capability") } != nil)
    terminal.press("q")
    try #require(terminal.screen(containing: "ended with 0") != nil)

    terminal = start(card)
    let again = try #require(terminal.screen(containing: "2/2"))
    #expect(again.contains(" CUDA") && !again.contains("From now on"))
    terminal.press("q")
    try #require(terminal.screen(containing: "ended with 0") != nil)

    terminal = start("FAKE_CUDA=no-device \(card)")
    let gone = try #require(terminal.screen(containing: "From now on the CPU computes."))
    #expect(gone.contains("The NVIDIA driver finds no card") && gone.contains(" CPU"))
    terminal.press("q")
    try #require(terminal.screen(containing: "ended with 0") != nil)
  }

  @Test(
    "The lesson's page about devices: both are measured, and both train to the same losses",
    .enabled(
      if: OneArithmeticTests.canFuse, "this processor cannot fuse products and sums, as cards do"))
  func lessonPage() throws {
    let folder = "/tmp/etude-test-\(UInt32.random(in: 0...UInt32.max))-lessons"
    defer { run("rm", ["-rf", folder]) }
    // Shorter signals and a smaller network: the card is only played.
    let changes = [
      "s/value=6, label=\"longest/value=4, label=\"longest/",
      "s/slider(10, 1000, step=10, value=200, label=\"epochs\")/4/",
      "s/\\[train(cnn, train_set, epochs=race_epochs, test=test_set/[train(mlp, train_set, epochs=4/",
    ]
    let lesson = "\(CPythonComparison.package)/lessons/convolution/lesson.md"
    run(
      "sh",
      [
        "-c",
        "mkdir -p \(folder)/convolution; "
          + "cp \(CPythonComparison.package)/audio/foot_steps.wav \(folder)/convolution; "
          + "sed '\(changes.joined(separator: "; "))' \(lesson) > \(folder)/convolution/lesson.md",
      ])
    let page = try #require(
      run("grep", ["^## ", lesson]).output.split(separator: "\n").firstIndex(
        of: "## Which device is faster?"))
    let terminal = TerminalSession(
      "ETUDE_CUDA_DRIVER=\(Self.driver) \(CPythonComparison.executable) convolution "
        + "--lessons \(folder) --page \(page + 1)",
      height: 40)
    /// Moves the focus until the footer says this.
    func moveFocus(to keys: String) throws {
      for _ in 0..<20 {
        terminal.press("Tab")
        usleep(200_000)
        if terminal.screen.contains(keys) { return }
      }
      Issue.record("\(keys) is not reached: \(terminal.screen)")
    }
    try #require(terminal.screen(containing: "Enter measures") != nil)
    try moveFocus(to: "do it")
    terminal.press("Enter")
    let measured = try #require(terminal.screen(containing: "conv1d, cuda"))
    #expect(measured.contains("conv1d, cpu"))
    try #require(terminal.screen(containing: "Enter measures again") != nil)
    // The training is on the next page.
    terminal.press("n")
    try moveFocus(to: "s skip")
    terminal.press("s")
    try #require(terminal.screen(containing: "It wins with wide layers") != nil)
    try moveFocus(to: "b one stage")
    terminal.press("Enter")
    try #require(terminal.screen { $0.ranges(of: "epoch 4/4").count == 2 } != nil)
    try moveFocus(to: "4 of 4")
    #expect(terminal.screen.contains("its own"), "the CPU's row, beside the card's")
    terminal.press("q")
    #expect(terminal.screen(containing: "ended with 0") != nil)
  }

  @Test("The reader: choose the card, train, pause, take it away, and go on on the CPU")
  func reader() throws {
    let terminal = TerminalSession(
      "ETUDE_CUDA_DRIVER=\(Self.driver) FAKE_CUDA=lost:7 \(CPythonComparison.executable) learning "
        + "--lessons \(Self.folder)/Fixtures/networks", height: 40)
    try #require(terminal.screen(containing: "to answer, s to skip") != nil)
    terminal.press("Tab", "s")
    try #require(terminal.screen(containing: "epoch 0/30") != nil)
    terminal.press("d")
    try #require(terminal.screen(containing: "compute capability") != nil)
    // The last device cannot be used.
    terminal.press("Down", "Down", "Enter")
    try #require(terminal.screen(containing: "MPS needs macOS") != nil)
    terminal.press("Up", "Enter")
    try #require(
      terminal.screen { $0.contains("CUDA") && !$0.contains("compute capability") } != nil)
    // The slowest pace: an epoch a second, and a launch for each.
    terminal.press("Tab", ",", ",", ",", ",", "Enter")
    try #require(terminal.screen(containing: "epoch 2/30") != nil)
    terminal.press("Enter")
    let paused = try #require(terminal.screen(containing: "paused"))
    #expect(!paused.contains("has stopped working"))
    terminal.press("Enter")
    let lost = try #require(
      terminal.screen { $0.contains("has stopped working") && $0.contains("paused") })
    #expect(lost.contains("The run goes on on the CPU."))
    #expect(terminal.screen { $0.contains("1/2") && $0.contains(" CPU") } != nil, "the header")
    terminal.press("f", "Enter")
    #expect(terminal.screen(containing: "epoch 30/30") != nil)
    #expect(terminal.screen(containing: "right in the end: ") != nil)
    terminal.press("q")
    #expect(terminal.screen(containing: "ended with 0") != nil)
  }
}
