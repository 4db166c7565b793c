x = np.sin(np.arange(16) * 0.7) + 0.25 * np.arange(16)
a = np.fft.rfft(x)
b = np.fft.rfft(x[:15])
c = np.fft.rfft(x, n=32)
d = np.fft.rfft(x, n=10)
e = np.fft.rfftfreq(16)
f = np.fft.rfftfreq(15, d=1 / 44100)
g = np.abs(a)
h = np.angle(a)
i = np.real(a)
j = np.imag(a)
k = a.real
l = a.imag
m = np.fft.irfft(a)
n = np.fft.irfft(b, n=15)
o = a * 2
p = a + 1
q = a * a
r = a / a[1]
s = np.abs(a) ** 2
t = np.fft.rfft(np.array([1, 2, 3, 4]))
u = np.fft.rfft(np.arange(997.0))
v = np.fft.rfft(np.sin(np.arange(5000)))
w = np.fft.irfft(np.fft.rfft(x) * np.fft.rfft(np.roll(x, 3)))
y = 20 * np.log10(np.abs(np.fft.rfft(x * np.cos(x))) + 1e-9)
z = np.fft.rfft(np.stack([x, x * 2]))
product = np.fft.irfft(np.fft.rfft(x, 31) * np.fft.rfft(x, 31), 31)
types = [str(a.dtype), str(g.dtype), str(k.dtype)]
peak = np.argmax(np.abs(a[1:])) + 1
single = np.fft.rfft(np.array([3.0]))
axis_zero = np.fft.rfft(np.stack([x, x * 2], axis=1), axis=0)
element = a[1]
magnitude = np.abs(a[1])
real_of_real = np.real(x)
imaginary_of_real = np.imag(x)
angle_of_real = np.angle(np.array([-1.0, 1.0]))
frequencies = np.fft.rfftfreq(len(x), 1 / 8000)

real_at_zero = np.imag(np.fft.rfft(np.array([1.0, 2.0, 4.0])))[0] == 0
