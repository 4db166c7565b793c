"""The reader from outside: what it sends to a terminal, how soon after a key, and how much memory it has."""

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import tempfile
import termios
import time

from sides import ETUDE, ROOT
from table import Row

ROWS, COLUMNS = 45, 140
# Without output for so long, the screen has settled.
QUIET = 0.15
RIGHT, LEFT = b"\x1bOC", b"\x1bOD"
# The child waits until the terminal has its size.
START_DELAY = 0.05


class Terminal:
    """A program in a pseudo-terminal that answers nothing."""

    def __init__(self, command):
        self.state = tempfile.mkdtemp()
        self.process, self.master = pty.fork()
        if self.process == 0:
            os.chdir(ROOT)
            environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
            environment |= {"XDG_STATE_HOME": self.state, "SWIFT_BACKTRACE": "enable=no"}
            time.sleep(START_DELAY)
            os.execve(command[0], command, environment)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def close(self):
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.master)
        shutil.rmtree(self.state)

    def press(self, key):
        os.write(self.master, key)

    def settle(self, limit=20.0, quiet=QUIET):
        """When the first and the last output came, and the output, until there is none for a while."""
        first = last = None
        output = b""
        start = time.perf_counter()
        while time.perf_counter() - start < limit:
            if not select.select([self.master], [], [], quiet)[0]:
                if last is not None:
                    break
                continue
            output += os.read(self.master, 1 << 16)
            last = time.perf_counter()
            first = first or last
        return first, last, output

    def until(self, text, limit=20.0):
        """When the text came, or None."""
        output = b""
        end = time.perf_counter() + limit
        while time.perf_counter() < end:
            if select.select([self.master], [], [], 0.1)[0]:
                output += os.read(self.master, 1 << 16)
                if text in output:
                    return time.perf_counter()
        return None

    def resident(self):
        """Bytes."""
        with open(f"/proc/{self.process}/status") as stream:
            return 1024 * int(re.search(r"VmRSS:\s+(\d+)", stream.read())[1])


# A run that does not end while it is measured.
LESSON = """---
title: A long run
id: long-run
version: 1
language: en
---
# A long run

## Training

```python {#run}
X, y = waveforms()
train_set, test_set = split(dataset(X, y), 0.8)
cnn = nn.Sequential(
    nn.Conv1d(1, 16, kernel_size=5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
    nn.Conv1d(16, 32, kernel_size=5, stride=2), nn.ReLU(), nn.MaxPool1d(2),
    nn.Flatten(), nn.Linear(224, 64), nn.ReLU(), nn.Linear(64, 3))
fit = train(cnn, train_set, epochs=1000000, test=test_set)
```
"""


def rows(is_quick):
    yield from first_page(2 if is_quick else 10)
    yield from all_pages()
    yield from slider(10 if is_quick else 60)
    yield from while_training(15 if is_quick else 100)


def first_page(count):
    times = []
    for _ in range(count):
        start = time.perf_counter()
        terminal = Terminal([ETUDE, "open", "convolution", "--page", "1"])
        _, last, _ = terminal.settle()
        times.append(last - start - START_DELAY)
        memory = terminal.resident()
        terminal.close()
    yield Row("start to the first page", min(times))
    yield Row("resident, first page", memory, unit="B")


def all_pages():
    """The lesson from its first page to its last, each shown until it stands still."""
    terminal = Terminal([ETUDE, "open", "convolution", "--page", "1"])
    terminal.settle()
    for _ in range(21):
        terminal.press(b"n")
        terminal.settle()
    memory = terminal.resident()
    terminal.close()
    yield Row("resident, after all pages", memory, unit="B")


def slider(count):
    """On the page with a low-pass filter: kernel, response and sound follow its length."""
    terminal = Terminal([ETUDE, "open", "convolution", "--page", "5"])
    terminal.settle()
    for keys in [b"\t", b"\r", b"511\r"]:
        terminal.press(keys)
        terminal.settle()
    firsts, lasts = [], []
    for step in range(count):
        start = time.perf_counter()
        terminal.press(LEFT if step % 2 else RIGHT)
        first, last, _ = terminal.settle()
        firsts.append(first - start)
        lasts.append(last - start)
    terminal.close()
    yield Row("slider, 511 taps: first output, p50", percentile(firsts, 50))
    yield from percentiles("slider, 511 taps: plots settled", lasts)


def while_training(count):
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "long-run.md")
    with open(path, "w") as stream:
        stream.write(LESSON)
    terminal = Terminal([ETUDE, "open", path])
    terminal.settle()
    for keys in [b"\t", b"\r"]:
        terminal.press(keys)
        terminal.settle(limit=1)
    times = []
    for _ in range(count):
        start = time.perf_counter()
        terminal.press(b"?")
        times.append(terminal.until(b"Keys") - start)
        terminal.settle(limit=0.2)
        terminal.press(b"?")
        terminal.settle(limit=0.2)
    memory = terminal.resident()
    terminal.close()
    shutil.rmtree(folder)
    yield from percentiles("key to help while training", times)
    yield Row("resident while training", memory, unit="B")


def percentiles(name, times):
    for rank in [50, 95, 99]:
        yield Row(f"{name}, p{rank}", percentile(times, rank))


def percentile(values, rank):
    return sorted(values)[min(len(values) - 1, len(values) * rank // 100)]
