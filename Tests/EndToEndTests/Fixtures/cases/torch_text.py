import torch
a = str(torch.tensor([1.0, 2.5, -3.25]))
b = f"{torch.arange(5)!r}"
c = str(torch.tensor([1.0, 2, 3]))
d = str(torch.tensor([True, False]))
e = str(torch.tensor(3.0))
f = str(torch.tensor(-7))
g = str(torch.tensor([1.0, 2.0], dtype=torch.float64))
h = str(torch.tensor([[1, -200], [3, 4]], dtype=torch.int16))
i = str(torch.tensor([1e-5, 1.0]))
j = str(torch.tensor([1e9, 1.5]))
k = str(torch.tensor([1e5, 1.0]))
l = str(torch.tensor([1.0, float("inf"), float("nan"), -float("inf")]))
m = str(torch.tensor([0.5, float("inf")]))
n = str(torch.arange(2000))
o = str(torch.linspace(0, 1, 40))
p = str(torch.zeros(2, 3, 4))
q = str(torch.arange(4000).reshape(4, 1000))
r = str(torch.arange(8000.0).reshape(20, 20, 20))
s = str(torch.zeros(0))
t = str(torch.zeros(0, 3))
u = str(torch.zeros(0, dtype=torch.int64))
v = str(torch.linspace(0, 1, 12, dtype=torch.float64))
w = str(torch.tensor([[0.001, 100.0], [2.0, 3.0]]))
x = str(torch.tensor([np.pi * 1e-5]))
y = f"{torch.tensor(3.14159):.2f} {torch.tensor(2.0)} {torch.tensor(7):d}"
z = f"{torch.tensor([3.0])}"
size = f"{torch.zeros(2, 3).shape}"
size_0 = str(torch.tensor(1.0).shape)
size_1 = f"{torch.zeros(4).size()!r}"
dtype = f"{torch.zeros(2).dtype}"
dtype_repr = f"{torch.int64!r}"
device = f"{torch.device('cpu')}"
device_repr = f"{torch.device('cpu')!r}"
listed = str([torch.tensor(1.0), torch.tensor([2, 3])])
negative_zero = str(torch.tensor([-0.0, 0.0]))
negative_whole = str(torch.tensor([-1.0, 10.0]))
complex_numbers = str(torch.tensor(np.round(np.fft.rfft(np.array([1.0, 2, 4, 8.5])), 3)))
wide_int = str(torch.tensor([123456789012, 1]))
third = str(torch.tensor([1.0, 2.0]) / 3)
long_double = str(torch.zeros(11, dtype=torch.float64) + 0.5)
row = str(torch.arange(30) * 1000)
