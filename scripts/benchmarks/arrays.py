"""What is timed of arrays: every function of NumPy and SciPy that cells have, on ten seconds of sound."""

from typing import NamedTuple

SAMPLES = 441_000

# Run by both sides before the calls: x is a sound, u lies between -1 and 1, p is positive.
PREPARE = f"""
n = {SAMPLES}
x = np.sin(np.arange(n) * 0.05) + np.sin(np.arange(n) * 1.7)
u = np.sin(np.arange(n) * 12.9898)
p = np.abs(x) + 0.1
k = np.arange(n)
b = x > 0
w = np.int16(x * 10000)
z = np.fft.fft(x)
half = np.fft.rfft(x)
grid = np.reshape(x, (441, 1000))
m = np.reshape(x[:360000], (600, 600))
taps = np.cos(np.arange(1023) * 0.3)
sound = np.reshape(np.float32(x), (1, 1, n))
kernel = np.reshape(np.float32(np.cos(np.arange(12) * 0.3)), (1, 1, 12))
channels = np.reshape(np.float32(x[:256000]), (16, 16, 1000))
channels = np.concatenate([channels, channels, channels, channels], axis=2)
kernels = np.reshape(np.float32(u[:4608]), (32, 16, 9))
"""
# The same arrays as tensors.
PREPARE_TENSORS = """
sound, kernel = torch.from_numpy(sound), torch.from_numpy(kernel)
channels, kernels = torch.from_numpy(channels), torch.from_numpy(kernels)
lowered = F.conv1d(sound, kernel, stride=2)
"""

# A call in each line, as function, arguments. The number after @ is how many bytes are read and written
# for each sample, if not 8 and 8. Peers may compute the same by the calls after | instead. Those in
# SLIDING are what a slider's cell calls, so that a student waits for them at each step.
SLIDING = """
np.abs, x
np.absolute, z @ 24
np.angle, z @ 24
np.arange, n @ 8
np.arange, 0, 1, 1 / n @ 8
np.arctan2, x, u @ 24
np.argmax, x @ 8
np.argmin, x @ 8
np.argsort, x | np.argsort, x, kind="stable"
np.clip, x, -0.5, 0.5
np.concatenate, [x, u] @ 32
np.cos, x
np.cumsum, x
np.diff, x
np.exp, x
np.float32, x @ 12
np.float64, w @ 10
np.int16, x @ 10
np.linspace, 0, 1, n @ 8
np.log, p
np.log10, p
np.max, x @ 8
np.maximum, x, u @ 24
np.mean, x @ 8
np.min, x @ 8
np.minimum, x, u @ 24
np.pad, x, 100
np.round, x
np.round, x, 3
np.sign, x
np.sin, x
np.sinc, x
np.sort, x
np.sqrt, p
np.square, x
np.std, x @ 8
np.sum, x @ 8
np.tanh, x
np.var, x @ 8
np.where, b, x, u @ 25
np.where, b @ 5
signal.firwin, 1023, 0.1 @ 0
signal.freqz, taps @ 0
"""
OTHERS = """
np.all, p @ 8
np.amax, x @ 8
np.amin, x @ 8
np.any, x @ 8
np.arccos, u
np.arcsin, u
np.arctan, x
np.array, x @ 0
np.asarray, w, np.float64 @ 10
np.bool_, x @ 9
np.ceil, x
np.complex128, x @ 24
np.conj, z @ 32
np.cosh, x
np.cumsum, grid, 0
np.degrees, x
np.dot, x, u
np.dot, m, m
np.expm1, x
np.floor, x
np.full, n, 2.5 @ 8
np.full_like, x, 2.5 @ 8
np.hypot, x, u @ 24
np.int32, x @ 12
np.int64, x
np.isfinite, x @ 9
np.isinf, x @ 9
np.isnan, x @ 9
np.log1p, p
np.log2, p
np.mean, grid, 0 @ 8
np.negative, x
np.ones, n @ 8
np.ones_like, x @ 8
np.outer, x[:600], u[:700] @ 8
np.prod, p @ 8
np.radians, x
np.reciprocal, p
np.repeat, x, 2 @ 24
np.roll, x, 1000
np.sinh, x
np.sort, k
np.stack, [x, u] @ 32
np.std, grid, 1 @ 8
np.sum, grid, 1 @ 8
np.tan, x
np.tile, x, 2 @ 24
np.trunc, x
np.uint8, p @ 9
np.unique, w
np.unique, x
np.zeros, n @ 8
np.zeros_like, x @ 8
np.fft.fft, x @ 24 | scipy_fft.fft, x
np.fft.ifft, z @ 32 | scipy_fft.ifft, z
np.fft.irfft, half @ 16 | scipy_fft.irfft, half
np.fft.rfftfreq, n @ 4
signal.get_window, "hann", n @ 8
signal.sawtooth, x
signal.square, x
wavfile.read, "audio/foot_steps.wav" @ 0
"""
# NumPy returns a view where Etude, whose arrays are values, may copy.
VIEWS = """
np.expand_dims, x, 0 @ 0
np.flip, x @ 0
np.imag, z @ 0
np.ravel, grid @ 0
np.real, z @ 0
np.reshape, x, (441, 1000) @ 0
np.squeeze, x @ 0
np.transpose, grid @ 0
"""


class Call(NamedTuple):
    """`function, arguments`, of which peers may have other forms."""

    name: str
    text: str
    others: tuple[str, ...] = ()
    bytes: float = 0
    flops: float = 0
    is_tensor: bool = False


def listed(lines):
    for line in lines.strip().splitlines():
        head, *others = line.split(" | ")
        text, _, size = head.partition(" @ ")
        yield Call(text, text, tuple(others), bytes=SAMPLES * int(size or 16))


def convolution(count):
    arguments = f'x, np.cos(np.arange({count}) * 0.3), mode="valid"'
    others = (f"signal.oaconvolve, {arguments}",) if count > 100 else ()
    flops = 2 * (SAMPLES - count + 1) * count
    # By transforms there is less to compute than the definition says: no limit to compare with.
    return Call(
        f"np.convolve, {count:,} taps", f"np.convolve, {arguments}", others, flops=flops * (count < 200)
    )


def transform(count):
    # About how many sums and products a transform by powers of 2 takes.
    flops = 2.5 * count * (count - 1).bit_length()
    name = f"np.fft.rfft of {count:,}"
    return Call(name, f"np.fft.rfft, x[:{count}]", (f"scipy_fft.rfft, x[:{count}]",), flops=flops)


def on_tensors(name, text, flops):
    return Call(name, text, flops=flops, is_tensor=True)


SIGNALS = [
    *map(convolution, [11, 101, 1001, 10_001]),
    *map(transform, [SAMPLES, 2**18, 65_537]),
    on_tensors("F.conv1d, 12 taps, stride 2", "F.conv1d, sound, kernel, stride=2", 12 * SAMPLES),
    on_tensors(
        "F.conv_transpose1d, back", "F.conv_transpose1d, lowered, kernel, stride=2", 12 * SAMPLES
    ),
    on_tensors(
        "F.conv1d, 16 × 16 × 4000 to 32", "F.conv1d, channels, kernels", 2 * 16 * 32 * 3992 * 16 * 9
    ),
]
