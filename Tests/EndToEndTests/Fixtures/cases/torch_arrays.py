import torch
a = torch.tensor([1.5, -2, 3])
b = torch.tensor([1, 2, 3])
c = torch.tensor([[True, False], [False, True]])
d = torch.tensor(np.linspace(0, 1, 5))
e = torch.tensor([1, 2, 3], dtype=torch.float32)
f = torch.tensor(np.arange(3, dtype=np.int16))
g = torch.tensor(np.arange(6).reshape(2, 3), dtype=torch.float64, device="cpu")
h = torch.tensor([2.7, -2.7], dtype=torch.long)
i = torch.tensor(5)
j = torch.tensor([torch.tensor(1.0), torch.tensor(2.0)])
k = torch.tensor(np.float64(3))
m = torch.tensor([[1], [2]], dtype=float)
n = torch.tensor([])
zeros = torch.zeros(2, 3)
ones = torch.ones((4,), dtype=torch.int32)
full = torch.full((2, 2), 3)
full_float = torch.full((2,), 2.5)
like = torch.ones_like(b)
count = torch.arange(5)
steps = torch.arange(0, 1, 0.25)
space = torch.linspace(-1, 1, 7)
double_space = torch.linspace(0, 1, 11, dtype=torch.float64)
from_array = torch.from_numpy(np.arange(4.0))
# Promotion
weak = a * 0.1
weak_integer = a + 2
half = b / 2
power = b ** 2
floor = torch.tensor([-7, 7]) // 2
rest = torch.tensor([-7, 7]) % 3
wide = a + d[:3]
mixed = b + a
integer_float = b * 0.5
scalar_tensor = torch.tensor(2.0, dtype=torch.float64) * a
scalar_raises = torch.tensor(2.0, dtype=torch.float64) * b
numpy_scalar = np.float64(0.5) * a
numpy_scalar_right = a * np.float64(0.5)
small = torch.tensor([1, 2], dtype=torch.int16) + torch.tensor([1, 2], dtype=torch.uint8)
small_float = torch.tensor([1, 2], dtype=torch.int16) / torch.tensor([1.0, 2], dtype=torch.float64)
truths = torch.tensor([True, False]) + torch.tensor([True, True])
truth_sum = torch.tensor([True, False]) + 1
both = (a > 0) & (a < 2)
either = (a > 2) | ~(a > 0)
negative = -a
reverse = 1 - a
quotient = 1 / b
compared = a == 1.5
unequal = a != b
ordered = a <= torch.tensor([1.5, 0, 4])
with_none = a == None
chained = torch.tensor(1.0) < torch.tensor(2.0) < 3
# Indexing
first = a[0]
last = a[-1]
part = count[1:4]
every_second = count[::2]
row = g[1]
column = g[:, 1]
element = g[1, 2]
masked = a[a > 0]
picked = count[[0, 2, 2]]
by_tensor = count[torch.tensor([3, 1])]
new_axis = a[None]
dots = g[..., 0]
assigned = torch.zeros(5)
assigned[1] = 2
assigned[2:4] = 7.5
assigned[-1] = torch.tensor(3)
changed = torch.ones(3)
changed += 1
changed *= 0.5
whole = torch.arange(3)
whole[0] = 2.9
whole += 2
# Shapes
shape = g.shape
length = g.shape[0]
shape_part = g.shape[1:]
size = g.size()
size_0 = g.size(0)
dims = g.dim()
ndim = g.ndim
numel = g.numel()
same_shape = g.shape == (2, 3)
rows, columns = g.shape
text_of_shape = str(a.unsqueeze(0).unsqueeze(0).shape)
unsqueezed = a.unsqueeze(0).unsqueeze(-1)
squeezed = torch.zeros(1, 3, 1).squeeze()
squeezed_0 = torch.zeros(1, 3, 1).squeeze(0)
squeezed_nothing = torch.zeros(1, 3, 1).squeeze(1)
flipped = count.flip(0)
flipped_both = torch.flip(g, [0, 1])
flipped_one = torch.flip(g, dims=(1,))
reshaped = count[:4].reshape(2, -1)
viewed = g.view(3, 2)
viewed_tuple = g.view((6,))
flat = torch.zeros(2, 3, 4).flatten()
flat_1 = torch.zeros(2, 3, 4).flatten(1)
permuted = torch.zeros(2, 3, 4).permute(2, 0, 1)
transposed = torch.zeros(2, 3, 4).transpose(1, 2)
turned = g.T
joined = torch.cat([a, d])
joined_columns = torch.cat((g, g), dim=1)
stacked = torch.stack([b, count[:3]])
stacked_last = torch.stack([b, count[:3]], dim=1)
# Conversions
numbers = a.tolist()
nested = g.tolist()
one = a[0].item()
array = a.numpy()
as_double = b.double()
as_float = b.float()
as_long = a.long()
as_bool = torch.tensor([0.0, 2.0]).bool()
to_type = b.to(torch.float64)
to_device = b.to("cpu")
to_both = b.to("cpu", torch.float32)
moved = a.detach().cpu().numpy()
cloned = a.clone()
python_float = float(torch.tensor([2.5]))
python_int = int(torch.tensor(3.7))
count_of = len(a)
items = [float(x) for x in a]
total = sum(count)
biggest = max(a)
magnitude = abs(a)
index_of_list = [10, 20, 30][torch.tensor(1)]
contains = 3 in b
truth = bool(torch.tensor([0.0]))
kind = str(a.dtype)
kinds = [str(x.dtype) for x in (a, b, c, d, f)]
same_kind = a.dtype == torch.float32
same_kind_name = torch.float == torch.float32
device = str(a.device)
device_type = a.device.type
same_device = a.device == torch.device("cpu")
cuda = torch.cuda.is_available()
mps = torch.backends.mps.is_available()
device_name = choose_device()
chosen = str(torch.device(device_name))
is_tensor = torch.is_tensor(a)
block = torch.arange(120).reshape(2, 3, 4, 5)
number_slice_list = block[0, :, [0, 1]]
number_slice_tensor = block[1, ..., torch.tensor([0, -1])]
list_number_list = block[:, [0, 1], 0, [0, 1]]
list_slice_number_list = block[[0, 1], :, 0, [0, 1]]
number_mask = block[0, :, torch.tensor([True, False, True, True])]
filled = torch.zeros(2, 3, 4)
filled[0, :, [0, 1]] = torch.arange(2.0)
sizes = [tuple(torch.zeros(2, 3).shape + (1,)), tuple((1,) + torch.zeros(2, 3).shape), tuple(2 * torch.zeros(2).shape)]
squared_error = F.mse_loss(torch.tensor([1.0, 2]), torch.tensor([1, 4]))
remainders = torch.tensor([-5.0, -2, 4]) % -2
quotients = torch.tensor([0.0, -0.0]) // 2
