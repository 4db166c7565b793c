x = np.arange(10.0)
y = x.copy()
y[x > 5] = -1
z = x.copy()
z[::2] = 0
w = x.copy()
w[[1, 3]] = [10, 30]
v = np.zeros((2, 3))
v[0] = 1
v[:, -1] = [5, 6]
u = np.arange(6).reshape(2, 3).copy()
u[u % 2 == 0] = 0
s = x.copy()
s += 1
s *= 2
r = x[1:] - x[:-1]
q = x[:, None] * x[None, :3]
p = np.pad(x, (1, 2), mode="reflect")
o = np.pad(np.ones((2, 2)), ((1, 2), (0, 1)), constant_values=5)
n = np.roll(np.arange(6).reshape(2, 3), 1, axis=0)
m = np.repeat([1, 2], 3)
l = np.tile([1, 2], 3)
k = np.unique([3, 1, 1, 2])
j = np.diff([1, 4, 9, 16], n=2)
i = np.outer([1, 2], [3, 4])
h = np.dot(np.arange(6).reshape(2, 3), np.arange(3))
g = np.expand_dims(x, 0).shape
f = np.sinc(np.array([0.0, 0.5, 1.5]))
e = np.hypot(3, 4), np.arctan2(1, -1)
d = np.real(np.array([1 + 0.0])), np.conj(np.fft.rfft([1, 2, 3]))
c = np.flip(np.arange(6).reshape(2, 3), 0)
b = np.squeeze(np.zeros((1, 3, 1))).shape
a = np.transpose(np.zeros((2, 3, 4)), (1, 0, 2)).shape
nan = np.nan
nn = np.isnan([1, np.nan])
mm = np.max([1, np.nan]), np.argmin([3, 1, 2])
sm = np.sum([[1, 2], [3, 4]], axis=-1)
pr = np.prod([1.5, 2])
cs = np.cumsum([[1, 2], [3, 4]], axis=0), np.cumsum([[1, 2], [3, 4]])
amx = np.argmax([[1, 9], [8, 2]], axis=1)
vv = np.var([1, 2, 3, 4], ddof=1)
ar = np.arange(1, 2, 0.25), np.arange(-3, 3, 2), np.arange(3, dtype=np.float32), np.arange(0.5, 3)
big = np.arange(1e5).sum(), np.mean(np.arange(100001))
whole = np.zeros(4, dtype=np.int16)
whole[:2] = [1.7, -3]
whole[[2, 3]] = np.array([70000, 5])
whole[1:3] = (True, 32767)
