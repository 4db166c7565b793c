i16 = np.array([1, -2, 300], dtype=np.int16)
i32 = np.array([1, -2, 300], dtype=np.int32)
i64 = np.array([1, -2, 300])
u8 = np.array([1, 2, 250], dtype=np.uint8)
f32 = np.array([1.5, -2.25, 3], dtype=np.float32)
f64 = np.array([1.5, -2.25, 3])
flag = np.array([True, False, True])
a = i16 + i32
b = i16 + u8
c = i16 * f32
d = i32 * f32
e = u8 + f32
f = i64 + f32
g = f32 + f64
h = flag + flag
i = flag * i16
j = i16 / i16
k = i16 // 2
l = i16 * 2
m = u8 + 1
n = f32 * 2
o = f32 / 3
p = f32 * 0.1
q = i16 + 0.5
r = i64 / 2
s = flag / 2
t = flag + 1
u = i16 > 0
v = u8 * u8
w = i16 ** 2
x = -i16
y = i64 ** 2
z = f32 ** 2
float32_by_int = f32 // 1
remainder = i64 % 7
negative_remainder = -i64 % 7
float_remainder = f64 % 1
sine16 = np.sin(i16)
sine8 = np.sin(flag.astype(np.float32))
root = np.sqrt(i64 * i64)
sum16 = np.sum(i16)
sum_flags = np.sum(flag)
sum32 = f32.sum()
mean16 = i16.mean()
mean32 = f32.mean()
max16 = i16.max()
absolute16 = np.abs(i16)
cumulative = np.cumsum(i16)
names = [str(x.dtype) for x in [i16, i32, i64, u8, f32, f64, flag]]
same = i16.dtype == np.int16
differs = i16.dtype == np.int32
by_name = i16.dtype == "int16"
bits = i64 & 1
bits_or = u8 | 1
flags_and = flag & ~flag
flags_or = flag | (i16 > 100)
flags_xor = flag ^ flag
shifted = i64 << 2
shifted_back = i32 >> 1
inverted = ~u8
