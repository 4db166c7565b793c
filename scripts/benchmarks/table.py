"""The table: what was timed, on which machine, and how far it is from the machine's limits."""

import datetime
import os
import platform
from typing import NamedTuple

COLUMNS = ["work", "Etude", "best peer", "", "ratio", "of the limit"]


class Row(NamedTuple):
    """Seconds (or bytes) of Etude, of the fastest peer if there is one, and the machine's least."""

    work: str
    ours: float
    theirs: float | None = None
    peer: str = ""
    least: float = 0
    # What a target is: a peer's time over ours, at least.
    target: float = 0
    unit: str = "s"

    @property
    def ratio(self):
        return self.theirs / self.ours if self.theirs else None

    def cells(self):
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}" + "<" * (self.ratio < self.target)
        share = f"{100 * self.least / self.ours:.0f} %" if self.least else ""
        theirs = quantity(self.theirs, self.unit) if self.theirs else ""
        return [self.work, quantity(self.ours, self.unit), theirs, self.peer, ratio, share]


def quantity(value, unit):
    """Three digits and a unit."""
    for scale, prefix in [(1e6, "M"), (1, ""), (1e-3, "m"), (1e-6, "µ")]:
        if value >= scale:
            break
    number = value / scale
    return f"{number:.{2 if number < 10 else 1 if number < 100 else 0}f} {prefix}{unit}"


def print_heading(title):
    print(f"\n{title}", flush=True)


def print_row(row):
    work, ours, theirs, peer, ratio, share = row.cells()
    print(f"  {work:38} {ours:>9} {theirs:>9} {peer:26} {ratio:>7} {share:>6}", flush=True)


def markdown(title, rows):
    lines = [f"## {title}", "", "| " + " | ".join(COLUMNS) + " |", "|---|--:|--:|---|--:|--:|"]
    lines += ["| " + " | ".join(row.cells()).replace("<", " ↓") + " |" for row in rows]
    return "\n".join(lines) + "\n"


def machine():
    name = platform.machine()
    flags = ""
    with open("/proc/cpuinfo") as stream:
        for line in stream:
            key, _, value = line.partition(":")
            name = value.strip() if key.strip() == "model name" else name
            flags = value if key.strip() in ("flags", "Features") else flags
    sets = [("avx512f", "AVX-512"), ("avx2", "AVX2"), ("asimd", "NEON"), ("sse2", "SSE2")]
    instructions = next((label for flag, label in sets if flag in flags.split()), "unknown")
    return f"{name}, {len(os.sched_getaffinity(0))} cores, {instructions}"


def today():
    return datetime.date.today().isoformat()
