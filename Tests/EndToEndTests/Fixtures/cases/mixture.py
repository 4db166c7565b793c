a = np.array([1, 2, 3], dtype=np.uint8)
b = a - 2
c = a / 2
d = a * 1.5
e = a.astype(np.int16) - 5
f = np.float32(1.5) * a.astype(np.float32)
g = a.mean()
h = a.std()
i = np.concatenate([a, np.array([1.5], dtype=np.float32)])
j = np.array([1, 2, 3]) > np.array([1.0, 3.0, 2.0])
k = (np.arange(5) % 2).astype(bool)
l = np.arange(5)[k]
m = ~k
n = np.any(k), np.all(k)
o = k.sum()
p = np.array([True, False]) == 1
q = np.minimum([1, 5], 3)
r = np.maximum(np.float32(1), np.array([2], dtype=np.float32))
s = np.array([1.0, 2.0]).astype(int).dtype == np.int64
t = np.int16(300)
u = np.array([5, -5]) // 3
v = np.array([5, -5]) % 3
w = np.array([5.5, -5.5]) // 2
x = 2 ** np.array([1, 2, 3])
y = np.array([1, 2, 3]) ** 0.5
z = np.array([2, 3]) ** np.array([3, 2])
aa = np.sign(-0.0)
ab = np.floor(-1.5)
ac = np.ceil(np.array([1.2, -1.2]))
ad = 7 in [1, 7]
ae = "%" in "100%"
af = [i ** 2 for i in range(10) if i % 3 == 0]
ag = [c for c in "abc"]
ah = list(zip("ab", [1, 2]))[1][0]
ai = max([1, 5, 3]) - min(4, 2)
aj = round(-2.5), round(3.14159, 3)
ak = int("-12"), 1
al = bool([]), bool([0]), bool(""), bool(None)
am = 1e-310, 5e-324
an = 0.1 + 0.2 == 0.3
ao = 2 ** 62
ap = (1, 2) + (3,)
aq = [1, 2] * 2
ar = "a" < "B", "abc" < "abd"
as_ = [[0] * 2] * 2
at = "abc"[1], "abc"[-1:]
au = len("日本"), "日本"[0]
av = 5 if [] else 6
aw = not (1 and 0)
ax = 3 == 3.0, "3" == 3, [1] == [1.0], None == 0
ay = np.array([1, 2]).tolist() == [1, 2]
az = str(np.array([0.1, 100.0, 1e-5])), str(np.arange(20)), str(np.zeros((2, 2)))
ba = f"{np.array([1, 2])} {np.float64(2.50)} {np.int64(3):5d}|"
