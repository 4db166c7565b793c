# Each line fails, under CPython and in Etude.
x = 1 / 0
x = 1 % 0
x = [1, 2][5]
x = undefined_name
x = np.arange(3) + np.arange(4)
x = np.zeros(3)[7]
x = "a" + 1
x = [1] + (2,)
x = int("abc")
x = np.arange(6).reshape(4, 2)
x = np.concatenate([np.zeros(2), np.zeros((2, 2))])
x = np.convolve([], [1])
x = np.convolve(np.zeros((2, 2)), [1])
x = np.convolve([1, 2], [1], mode="other")
x = signal.firwin(11, 30000, fs=44100)
x = signal.firwin(11, 0, fs=44100)
x = signal.firwin(10, 0.5, pass_zero=False)
x = signal.firwin(11, 0.5, window="nonsense")
x = signal.firwin(11, [0.5, 0.2])
x = np.sin("text")
x = np.sin()
x = np.sin(1, 2, 3, 4)
x = np.linspace(0, 1, -1)
x = len(5)
x = None + 1
x = (1, 2)[None]
a, b = 1, 2, 3
a, b = 1
x = np.arange(3).nothing
x = np.nothing
x = np.array([1, 2, 3]) and True
x = 1 if np.array([1, 2]) else 2
x = np.sum(np.arange(3), axis=1)
x = np.zeros(3, wrong=1)
x = np.sum(1, a=2)
x = 5()
x = "abc"[10]
x = [1, 2]["a"]
x = np.stack([np.zeros(2), np.zeros(3)])
x = np.max(np.array([]))
x = np.argmax(np.array([]))
x = max([])
x = wavfile.read("nothing.wav")
x = f"{3.5:d}"
x = f"{'a':d}"
x = choice(["a", "b"], value="c")
x = range(0, 5, 0)
x = [1, 2][0:2:0]
x = np.pad(np.arange(3), 2, mode="unknown")
x = np.arange(3)[np.array([True, False])]
x = np.arange(3)[0, 0]
x = -"a"
x = 1 < "a"
x = 3 in 5
x = 2 << -1
x = np.roll()
x = np.zeros(-1)
x = "x" * "y"
x = np.array([1.5]) & 1
x = np.arange(3) << 0.5
x = signal.firwin(11, 0.5, pass_zero=None)
x = np.fft.rfftfreq(8, 0)
x = np.zeros(2, dtype="real")
x = np.zeros([1] * 65)
signal.lfilter([1], [1, -1], [1, 2, 3])
signal.lfilter([1.0], [0, 1.0], [1.0, 2.0])
signal.lfilter([1.0], [1, -0.5], [1.0, 2.0], zi=[1.0, 2.0])
signal.butter(2, 30000, fs=44100)
signal.butter(2, [0.1, 0.2])
signal.butter(2, 0.1, "bandpass")
signal.butter(2.5, 0.1)
signal.sosfilt([[1.0, 0, 0, 1, 0]], [1.0])
signal.sosfilt([[1.0, 0, 0, 2, 0, 0]], [1.0])
signal.hilbert(np.fft.fft([1, 2]))
signal.resample_poly([1.0, 2.0], 0, 1)
signal.chirp([1.0], 0, 1, 10, "log")
signal.find_peaks([1, 2, 1], distance=0)
signal.stft(np.ones(100), nperseg=10, noverlap=10)
np.interp(1, [], [])
np.interp(1, [1, 2], [1])
np.percentile([1, 2], 101)
np.percentile([], 50)
np.histogram([1, np.nan])
np.histogram([1, 2], bins=0)
np.histogram([1, 2], bins=[2, 1])
np.histogram([1e17])
np.histogram([1e16, 1e16 + 2])
np.histogram([1.0], range=(1e300, 1e300))
np.array([1, 2]) @ 3
np.array([1, 2]) @ np.array([1, 2, 3])
[1, 2] @ [3, 4]
np.random.default_rng(-1)
np.random.default_rng(0).integers(3, 3)
np.random.default_rng(0).normal(0, -1)
np.random.default_rng(0).uniform(1, 0)
np.random.default_rng(0).choice(3, 5, replace=False)
np.random.default_rng(0).choice(3, p=[0.5, 0.5, 0.5])
np.random.default_rng(0).choice(0)
np.random.default_rng(0).random(-1)
np.random.RandomState(2**32)
np.random.RandomState(0).normal(0, -1)
signal.find_peaks([1, 2, 1], height=0)[1]["prominences"]
x = sorted([1, "a"])
x = sorted([1], 2)
x = any(5)
x = all([np.zeros(2)])
x = reversed(5)
x = max(*5)
x = len(*[[1], [2]])
x = [a for b in [1] for a in b]
x = [1]; x[3] += 1
x = (1, 2); x[0] += 1
x = np.arange(3); x[:2] += 0.5
x = np.zeros(3, dtyp=float)
x = len([1], [2])
x = np.zeros(3).shap
x = y; y = x
signal.butter(2, [0.5, 0.2], "bandpass")
signal.sosfilt(np.zeros((0, 6)), [1.0, 2])
signal.sosfilt([[1, 0, 0, 1, 0, 0]], [])
signal.lfilter([], [1], [1.0])
signal.lfilter([1.0], [], [1.0])
signal.lfilter([1.0], [1], [])
signal.chirp(np.arange(3.0), 1, 0, 0)
signal.chirp(np.arange(3.0), 1, 0, 2, "quadratic")
signal.correlate(3, [1, 2, 3])
signal.fftconvolve([1.0, 2], [1.0, 2], axes=1)
np.clip([1, 2], a_min=1)
np.tile([1, 2], -1)
np.random.RandomState(0).choice(np.ones((2, 2)))
np.pad([1, 2], 1, mode="edge", constant_values=3)
np.pad(2.5, -1)
signal.fftconvolve([1.0, 2], [1.0, 2], axes=())
np.histogram([1, 2], 9223372036854775807)
x = np.zeros(4, dtype=np.uint8); x[:2] = [1, 300]
x = np.zeros(4, dtype=int); x[:2] = [1.5, np.nan]
x = np.zeros(4, dtype=np.int16); x[[0, 1]] = (40000, 1)
