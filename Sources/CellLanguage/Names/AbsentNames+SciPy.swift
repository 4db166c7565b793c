extension AbsentNames {
  /// SciPy's functions: by prefix, names and what takes their place.
  static let sciPy: [(prefix: String, rows: KeyValuePairs<String, String>)] = [
    (
      "signal",
      [
        "spectrogram": "spectrogram(x, fs) draws one",
        "istft": "np.fft.irfft turns one spectrum back into samples",
        "lfilter_zi": "start with zeros: signal.lfilter(b, a, x)",
        "filtfilt":
          "filter forwards and backwards: signal.lfilter(b, a, signal.lfilter(b, a, x)[::-1])[::-1]",
        "sosfiltfilt":
          "filter forwards and backwards: signal.sosfilt(sos, signal.sosfilt(sos, x)[::-1])[::-1]",
        "sosfreqz freqz_sos":
          "response(kernel, fs) draws one of a kernel; the kernel is signal.sosfilt(sos, impulse)",
        "freqz_zpk freqs": "write signal.freqz(b, a)",
        "welch periodogram csd": "spectrum(x, fs) draws one; signal.stft computes many",
        "coherence": "signal.stft computes the spectra",
        "resample": "write signal.resample_poly(x, up, down)",
        "decimate": "write signal.resample_poly(x, 1, q)",
        "upfirdn": "write signal.resample_poly(x, up, down), or np.convolve and a slice x[::down]",
        "iirfilter cheby1 cheby2 ellip bessel iirdesign buttord":
          "signal.butter(N, Wn) designs one",
        "iirnotch iirpeak": "signal.butter(2, [low, high], btype=\"bandstop\", fs=fs) designs one",
        "firwin2 firls remez": "signal.firwin(numtaps, cutoff) designs one",
        "kaiserord kaiser_beta":
          "signal.firwin(numtaps, cutoff, window=(\"kaiser\", beta)) takes them",
        "minimum_phase": "signal.firwin designs kernels of linear phase",
        "detrend": "write x - np.mean(x)",
        "medfilt": "write [np.median(x[max(i - 1, 0):i + 2]) for i in range(len(x))]",
        "savgol_filter wiener": "np.convolve(x, kernel, \"same\") smooths",
        "convolve2d correlate2d": "convolve row by row, or flatten the image",
        "correlation_lags": "write np.arange(-(len(b) - 1), len(a))",
        "deconvolve": "divide the spectra: np.fft.irfft(np.fft.rfft(y) / np.fft.rfft(h))",
        "unit_impulse": "write 1.0 * (np.arange(n) == 0)",
        "gausspulse": "write np.exp(-(t / width) ** 2) * np.cos(2 * np.pi * fc * t)",
        "sweep_poly max_len_seq": "signal.chirp makes sweeps",
        "argrelmax argrelextrema find_peaks_cwt": "write signal.find_peaks(x)[0]",
        "argrelmin": "write signal.find_peaks(-x)[0]",
        "peak_widths": "write np.sum(x > height), the samples above a height",
        "peak_prominences": "give find_peaks a prominence, and it returns the prominences",
        "envelope hilbert2": "write np.abs(signal.hilbert(x))",
        "group_delay": "write -np.diff(np.unwrap(np.angle(H))) / np.diff(w) of signal.freqz",
        "tf2sos zpk2sos tf2zpk zpk2tf sos2tf":
          "signal.butter(…, output=\"sos\") has sections at once",
        "lti dlti TransferFunction impulse step":
          "signal.lfilter(b, a, x) with an impulse or a step as x",
        "check_COLA check_NOLA": "signal.stft pads and overlaps by itself",
        "ShortTimeFFT": "write signal.stft(x, fs)",
        "czt zoom_fft": "write np.fft.rfft(x, n) with a large n",
        "gammatone": "signal.butter(2, [low, high], btype=\"bandpass\", fs=fs) designs a band",
        "windows": "write signal.get_window(\"hann\", n, fftbins=False)",
      ]
    ),
    ("signal", windows), ("signal.windows", windows),
    (
      "wavfile",
      [
        "write": "save((sample_rate, samples), \"name.wav\") writes sound files"
      ]
    ),
  ]

  private static let windows: KeyValuePairs<String, String> = [
    "hann": "write signal.get_window(\"hann\", n, fftbins=False)",
    "hamming": "write signal.get_window(\"hamming\", n, fftbins=False)",
    "blackman": "write signal.get_window(\"blackman\", n, fftbins=False)",
    "bartlett": "write 1 - np.abs(np.linspace(-1, 1, n))",
    "blackmanharris nuttall flattop bohman parzen triang barthann tukey lanczos chebwin "
      + "dpss general_hamming general_cosine taylor":
      "signal.get_window has boxcar, hann, hamming, blackman and (\"kaiser\", beta)",
    "boxcar": "write signal.get_window(\"boxcar\", n, fftbins=False)",
    "cosine": "write np.sin(np.pi * (np.arange(n) + 0.5) / n)",
    "kaiser": "write signal.get_window((\"kaiser\", beta), n, fftbins=False)",
    "gaussian": "write np.exp(-0.5 * ((np.arange(n) - (n - 1) / 2) / std) ** 2)",
    "exponential": "write np.exp(-np.abs(np.arange(n) - (n - 1) / 2) / tau)",
  ]
}
