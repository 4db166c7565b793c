sample_rate, audio = wavfile.read("foot_steps.wav")
stereo_shape = audio.shape
kind = str(audio.dtype)
left = audio[:, 0] if audio.ndim > 1 else audio
normalised = left / np.max(np.abs(left))
peak = np.max(np.abs(normalised))
seconds = len(left) / sample_rate
half = normalised[: len(normalised) // 2]
kernel = signal.firwin(11, 200, fs=sample_rate)
padded = np.concatenate([np.zeros(10), half, np.zeros(10)])
filtered = np.convolve(padded, kernel, mode="valid")
strided = filtered[::2]
x = np.arange(len(half)) / sample_rate
x_filtered = np.arange(len(strided)) / (sample_rate / 2)
mean = np.mean(audio)
rms = np.sqrt(np.mean(normalised ** 2))
loudest = np.argmax(np.abs(left.astype(float)))
scaled = (normalised * 32767).astype(np.int16)
