"""Writes identifiers.txt: names, and what CPython makes of them, as in the line "ﬁ fi"."""

import ast
import os
import sys
import unicodedata

names = set()
for code in range(0x80, 0x110000):
    letter = chr(code)
    if 0xD800 <= code < 0xE000 or not ("a" + letter).isidentifier():
        continue
    if unicodedata.normalize("NFKC", letter) != letter:
        names.add(letter if letter.isidentifier() else "a" + letter)
sample = sorted(names)
# All of the unusual ones, and a few of each long run.
kept = [name for index, name in enumerate(sample) if index % 7 == 0]
kept += ["ﬁlter", "ℌ", "ＡＢＣ１", "x²", "é", "e\u0301", "Å", "ſize", "ªb", "𝐱", "𝟎a"[1:], "a𝟎", "ǆ", "µ", "ｐｒｉｎｔ"]

path = os.path.join(os.path.dirname(__file__), "identifiers.txt")
with open(path, "w") as file:
    for name in kept:
        # Names with characters that cannot be seen are refused.
        if not name.isidentifier() or set(name) & set("\u115f\u1160\u3164\uffa0"):
            continue
        normal = ast.parse(f"{name} = 1").body[0].targets[0].id
        file.write(f"{name} {normal}\n")
print(len(kept), sys.version)
