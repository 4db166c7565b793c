f = np.sin
a = f(0.5)
results = [g(np.array([1.0, 4.0])) for g in [np.sqrt, np.exp, np.log]]
first = results[0]
second = results[1]
measure = len
n = measure([1, 2, 3])
windows = ["hamming", "hann", "blackman"]
kernels = [signal.firwin(11, 0.3, window=w) for w in windows]
k0 = kernels[0]
k2 = kernels[2]
peaks = [float(np.max(k)) for k in kernels]
lengths = [len(k) for k in kernels]
table_of = [[w, f"{p:.4f}"] for w, p in zip(windows, peaks)]
keyword = np.sum(a=np.arange(4))
positional = np.linspace(0, 1, 3)
keywords = np.linspace(start=0, stop=1, num=3)
import numpy as np
from scipy import signal
from scipy.io import wavfile
nested = np.round(np.mean(np.abs(np.diff(np.sin(np.arange(10))))), 6)
chained = np.arange(6).reshape(2, 3).sum(axis=0).max()
