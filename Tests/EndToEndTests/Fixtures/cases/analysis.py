x = np.random.default_rng(3).standard_normal(1000)
t = np.arange(2000) / 1000
a = signal.hilbert(x)
b = np.abs(signal.hilbert(np.sin(40 * t) * np.exp(-t)))
c = signal.hilbert(x[:7])
d = signal.hilbert(x, 1500)
e = signal.hilbert(x.reshape(10, 100), axis=0)
f = signal.hilbert([1, 2, 3, 4])
g = signal.resample_poly(x, 3, 2)
h = signal.resample_poly(x, 160, 147)
i = signal.resample_poly(x, 1, 5)
j = signal.resample_poly(x.reshape(500, 2), 2, 3)
k = signal.resample_poly(x, 4, 2, window="hamming")
l = signal.resample_poly(x, 2, 1, window=[0.25, 0.5, 0.25])
m = signal.resample_poly(x.astype(np.float32), 2, 3)
n = signal.resample_poly([1, 2, 3], 2, 1)
o = signal.resample_poly(x, 3, 3)
p = signal.resample_poly(np.fft.fft(x[:64]), 2, 1)
q = signal.chirp(t, 10, 2, 100)
r = signal.chirp(t, 10, 2, 100, method="quadratic")
s = signal.chirp(t, 100, 2, 10, method="quadratic", vertex_zero=False)
u = signal.chirp(t, 10, 2, 100, "log", 90)
v = signal.chirp(t, 100, 2, 10, method="hyperbolic")
w = signal.chirp(t, 50, 1, 50, method="logarithmic")
z = signal.chirp(0.5, 1, 1, 2)
ba0, ba1, ba2 = signal.stft(x)
bb0, bb1, bb2 = signal.stft(x, 8000, nperseg=100, noverlap=75)
bc0, bc1, bc2 = signal.stft(x, 8000, "hamming", 64, nfft=128, padded=False)
bd0, bd1, bd2 = signal.stft(x, nperseg=50, boundary=None)
be0, be1, be2 = signal.stft(x, 10, nperseg=33, scaling="psd", window=("kaiser", 5.0))
bf0, bf1, bf2 = signal.stft(x.reshape(500, 2), nperseg=16, axis=0)
bg0, bg1, bg2 = signal.stft(x[:100])
bh0, bh1, bh2 = signal.stft(x, window=np.ones(32), nperseg=32)
ca = signal.find_peaks(x)[0]
cb = signal.find_peaks(x, height=1.5)[0]
cb0 = signal.find_peaks(x, height=1.5)[1]["peak_heights"]
cc = signal.find_peaks(x, height=(0, 1), distance=7)[0]
cc0 = signal.find_peaks(x, height=(0, 1), distance=7)[1]["peak_heights"]
cd = signal.find_peaks(x, prominence=2, height=1)[0]
cd0 = signal.find_peaks(x, prominence=2, height=1)[1]["peak_heights"]
cd1 = signal.find_peaks(x, prominence=2, height=1)[1]["prominences"]
cd2 = signal.find_peaks(x, prominence=2, height=1)[1]["left_bases"]
cd3 = signal.find_peaks(x, prominence=2, height=1)[1]["right_bases"]
ce = signal.find_peaks(np.round(x), prominence=1, wlen=15)[0]
ce0 = signal.find_peaks(np.round(x), prominence=1, wlen=15)[1]["prominences"]
ce1 = signal.find_peaks(np.round(x), prominence=1, wlen=15)[1]["left_bases"]
ce2 = signal.find_peaks(np.round(x), prominence=1, wlen=15)[1]["right_bases"]
cf = signal.find_peaks([0, 1, 1, 1, 0, 2, 2, 3, 3, 0])[0]
cg, _ch = signal.find_peaks([1, 2, 1, 3, 1], height=0)
ci = _ch["peak_heights"]
cj = len(_ch)
ck = "prominences" in _ch
cl = signal.find_peaks([1, 2])[0]
cm = signal.find_peaks([])[0]
