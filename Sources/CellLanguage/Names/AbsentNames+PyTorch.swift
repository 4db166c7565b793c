extension AbsentNames {
  /// PyTorch's functions, layers and methods: by prefix, names and what takes their place.
  static let pyTorch: [(prefix: String, rows: KeyValuePairs<String, String>)] = [
    (
      "torch",
      [
        "save": "save(value, file) writes .safetensors files",
        "load": "load(file) reads .safetensors files",
        "rand randn randint randperm normal rand_like randn_like bernoulli manual_seed seed "
          + "Generator":
          "functions that draw random numbers take a seed: waveforms(…, seed=0), split(…, seed=0)",
        "no_grad enable_grad inference_mode autograd set_grad_enabled":
          "train(model, data) computes the gradients and updates the weights",
        "empty": "write torch.zeros(size)",
        "empty_like": "write torch.zeros_like(x)",
        "full_like": "write torch.full(x.shape, value)",
        "eye": "write 1.0 * (torch.arange(n)[:, None] == torch.arange(n))",
        "as_tensor asarray Tensor FloatTensor LongTensor scalar_tensor": "write torch.tensor(data)",
        "concat concatenate hstack": "write torch.cat([a, b])",
        "vstack row_stack": "write torch.stack([a, b])",
        "column_stack": "write torch.stack([a, b], dim=1)",
        "chunk split tensor_split narrow unbind select": "write slices: x[:n] and x[n:]",
        "add": "write a + b",
        "sub subtract": "write a - b",
        "mul multiply": "write a * b",
        "div divide true_divide": "write a / b",
        "floor_divide": "write a // b",
        "remainder fmod": "write a % b",
        "pow": "write a ** b",
        "neg negative": "write -x",
        "eq": "write a == b",
        "ne": "write a != b",
        "lt less": "write a < b",
        "le less_equal": "write a <= b",
        "gt greater": "write a > b",
        "ge greater_equal": "write a >= b",
        "logical_and bitwise_and": "write a & b",
        "logical_or bitwise_or": "write a | b",
        "logical_not bitwise_not": "write ~a",
        "matmul mm bmm mv": "write a @ b",
        "dot inner": "write torch.sum(a * b)",
        "outer ger": "write a[:, None] * b",
        "einsum tensordot linalg svd eig inverse det qr": "cells have no linear algebra beyond @",
        "absolute": "write torch.abs(x)",
        "clip": "write torch.clamp(x, min, max)",
        "amax": "write torch.max(x)",
        "amin": "write torch.min(x)",
        "argsort sort topk kthvalue": "np.sort(x.numpy()) and np.argsort(x.numpy()) sort",
        "median quantile histc bincount unique":
          "NumPy has it: np.median(x.numpy()), np.unique(x.numpy())",
        "norm": "write torch.sqrt(torch.sum(x ** 2))",
        "logsumexp": "write torch.log(torch.sum(torch.exp(x), dim))",
        "std_mean var_mean": "write torch.std(x) and torch.mean(x)",
        "cumprod": "write torch.exp(torch.cumsum(torch.log(x), 0)) for positive numbers",
        "gather index_select take masked_select scatter": "write x[indices], or x[mask]",
        "masked_fill": "write torch.where(mask, value, x)",
        "meshgrid": "give one of the tensors another axis: x[None, :] and y[:, None]",
        "repeat_interleave tile broadcast_to roll": "NumPy has it: np.repeat, np.tile, np.roll",
        "movedim moveaxis swapaxes t": "write torch.transpose(x, dim0, dim1)",
        "clone": "write x.clone()",
        "detach": "it is a plain value already: use it as it is",
        "numpy": "write x.numpy()",
        "rsqrt": "write 1 / torch.sqrt(x)",
        "exp2": "write 2.0 ** x",
        "log1p": "write torch.log(1 + x)",
        "expm1": "write torch.exp(x) - 1",
        "trunc fix": "write torch.sign(x) * torch.floor(torch.abs(x))",
        "frac": "write x % 1",
        "isinf": "write torch.abs(x) == torch.inf",
        "fft": "NumPy has it: np.fft.rfft(x.numpy())",
        "stft istft": "signal.stft(x.numpy(), fs) computes it",
        "hann_window hamming_window blackman_window bartlett_window kaiser_window":
          "write signal.get_window(name, n)",
        "compile jit set_default_dtype set_default_device set_num_threads "
          + "use_deterministic_algorithms backends":
          "remove the line: runs are fast and the same each time",
        "utils hub": "dataset(X, y), split and train load data and shuffle it, batch by batch",
        "get_default_dtype": "it is torch.float32",
        "complex polar view_as_complex": "tensors are real here; NumPy's arrays can be complex",
        "dropout": "nn.Dropout(p) is a layer",
        "is_floating_point": "look at x.dtype",
        "numel": "write x.numel()",
        "conv2d": "F.conv1d convolves along one axis",
      ]
    ),
    (
      "tensor",
      [
        "backward grad requires_grad_ retain_grad is_leaf grad_fn zero_grad":
          "train(model, data) computes the gradients and updates the weights",
        "astype type": "use x.to(torch.float64)",
        "add add_ sub sub_ mul mul_ div div_": "write x + y and its like",
        "copy": "write x.clone()",
        "append": "write torch.cat([x, y])",
        "repeat expand": "write torch.cat([x] * n)",
        "matmul mm": "write a @ b",
        "t": "write x.T",
        "pow": "write x ** y",
        "ne": "write x != y",
        "eq": "write x == y",
        "topk sort argsort median": "NumPy has it: np.sort(x.numpy())",
        "norm": "write torch.sqrt(torch.sum(x ** 2))",
        "fill_ zero_": "write torch.full(x.shape, value)",
        "half bfloat16": "tensors are float32 or float64 here",
        "masked_fill": "write torch.where(mask, value, x)",
        "element_size": "write x.itemsize",
        "plot": "write plot(x)",
        "type_as": "write x.to(y.dtype)",
      ]
    ),
    (
      "nn",
      [
        "Module ModuleList ModuleDict Parameter ParameterList":
          "nn.Sequential(…) joins the layers of a network",
        "Conv2d Conv3d LazyConv1d":
          "signals have one axis here: nn.Conv1d(in_channels, out_channels, kernel_size)",
        "ConvTranspose2d":
          "signals have one axis here: nn.ConvTranspose1d(in_channels, out_channels, kernel_size)",
        "MaxPool2d AdaptiveMaxPool1d AdaptiveMaxPool2d":
          "signals have one axis here: nn.MaxPool1d(kernel_size)",
        "AvgPool2d": "signals have one axis here: nn.AvgPool1d(kernel_size)",
        "AdaptiveAvgPool2d": "signals have one axis here: nn.AdaptiveAvgPool1d(1)",
        "BatchNorm2d BatchNorm3d SyncBatchNorm":
          "signals have one axis here: nn.BatchNorm1d(channels)",
        "Dropout1d Dropout2d AlphaDropout": "nn.Dropout(p) drops single numbers",
        "LayerNorm InstanceNorm1d RMSNorm":
          "nn.GroupNorm(num_groups, channels) normalises; one group is all channels, a group "
          + "each is one channel",
        "LSTM GRU RNN Transformer TransformerEncoder TransformerEncoderLayer "
          + "MultiheadAttention Embedding":
          "networks are made of convolutions and linear layers here",
        "Softmax LogSoftmax":
          "leave it out: cross entropy takes logits; probabilities(fit, data) gives probabilities",
        "MSELoss BCELoss BCEWithLogitsLoss NLLLoss L1Loss HuberLoss SmoothL1Loss":
          "train minimises cross entropy: nn.CrossEntropyLoss()",
        "PReLU RReLU SELU CELU Hardtanh ReLU6 Threshold":
          "nn.LeakyReLU(), nn.ELU() and nn.ReLU() are there",
        "Mish Hardswish Hardsigmoid Softplus Softsign LogSigmoid":
          "nn.SiLU(), nn.GELU(), nn.Sigmoid() and nn.Tanh() are there",
        "Identity": "leave the layer out",
        "ConstantPad1d ZeroPad1d ReflectionPad1d":
          "nn.Conv1d(…, padding=n) pads, and F.pad(x, (n, n)) a tensor",
        "Upsample": "nn.ConvTranspose1d(…, stride=2) makes signals longer",
        "Unflatten Unfold": "write x.reshape(shape)",
        "init": "train draws the first weights from its seed",
        "utils": "optimizers have weight_decay; gradients are not clipped here",
        "functional": "it is called F",
        "DataParallel": "train(…, device=…) chooses the device",
      ]
    ),
    (
      "F",
      [
        "conv2d conv3d": "signals have one axis here: F.conv1d",
        "max_pool2d": "signals have one axis here: F.max_pool1d",
        "avg_pool2d": "signals have one axis here: F.avg_pool1d",
        "adaptive_max_pool1d": "write torch.max(x, -1)",
        "dropout": "nn.Dropout(p) is a layer",
        "batch_norm": "nn.BatchNorm1d(channels) is a layer",
        "layer_norm instance_norm": "write F.group_norm(x, num_groups)",
        "nll_loss binary_cross_entropy binary_cross_entropy_with_logits kl_div":
          "write F.cross_entropy(logits, classes)",
        "l1_loss smooth_l1_loss huber_loss":
          "write F.mse_loss(input, target), or torch.mean(torch.abs(a - b))",
        "one_hot": "write 1 * (y[:, None] == torch.arange(n))",
        "logsigmoid": "write torch.log(torch.sigmoid(x))",
        "softplus": "write torch.log(1 + torch.exp(x))",
        "relu6 hardtanh": "write torch.clamp(x, 0, 6)",
        "normalize": "write x / torch.sqrt(torch.sum(x ** 2))",
        "cosine_similarity":
          "write torch.sum(a * b) / torch.sqrt(torch.sum(a ** 2) * torch.sum(b ** 2))",
        "interpolate upsample": "write np.interp, or signal.resample_poly",
        "unfold": "write slices",
        "embedding": "networks are made of convolutions and linear layers here",
      ]
    ),
    (
      "optim",
      [
        "lr_scheduler":
          "train(…) keeps one rate; train(fit, data, optimizer=…) goes on with another",
        "RMSprop Adagrad Adadelta Adamax NAdam RAdam Rprop LBFGS Adafactor Muon SparseAdam "
          + "Optimizer swa_utils":
          "the optimisers are optim.SGD, optim.Adam, optim.AdamW and optim.ASGD",
      ]
    ),
  ]
}
