a = np.array([32767, -32768], dtype=np.int16)
b = a + np.array([1, -1], dtype=np.int16)
c = a * a
d = -a
e = np.abs(a)
f = np.array([200, 100], dtype=np.uint8) + np.array([100, 200], dtype=np.uint8)
g = np.array([0], dtype=np.uint8) - np.array([1], dtype=np.uint8)
h = np.array([2147483647], dtype=np.int32) + np.array([1], dtype=np.int32)
i = np.array([9223372036854775807]) + 1
j = np.array([2, 3]) ** 63
k = a / np.max(np.abs(a))
l = np.array([1.0, -1.0, 0.0]) / 0
m = np.array([1, -1, 0]) / 0
n = np.array([1, -1, 0]) // np.array([0, 0, 0])
o = np.array([1, -1, 0]) % np.array([0, 0, 0])
p = np.float64(1) / 0
q = np.log(np.array([0.0, -1.0, 1.0]))
r = np.sqrt(np.array([-1.0, 4.0]))
s = np.array([1e308]) * 10
t = np.array([70000, -70000]).astype(np.int16)
u = np.array([1.9, -1.9, 2.5]).astype(int)
v = np.array([300.7, 2.2]).astype(np.int32).astype(np.uint8)
w = np.array([0.0, 1.0, -2.0]).astype(bool)
x = np.array([1, 0]).astype(bool)
y = np.array([1e-40, 1e40]).astype(np.float32)
z = np.array([16777217]).astype(np.float32)
minimum = np.array([-128], dtype=np.int16) // -1
floor = np.array([-7, 7]) // np.array([2, -2])
modulo = np.array([-7, 7]) % np.array([2, -2])
float_floor = np.array([-7.5, 7.5]) // 2
float_modulo = np.array([-7.5, 7.5, -0.0]) % np.array([2, -2, 3])
signed_zero = 1 / np.array([0.0, -0.0])
