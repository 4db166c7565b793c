"""Writes the array files beside it with NumPy, for NPYFileTests and SafeTensorsFileTests."""

import json
import os
import struct

import numpy as np

os.chdir(os.path.dirname(os.path.abspath(__file__)))

table = np.arange(6).reshape(2, 3)
np.save("int64.npy", table)
np.save("column-major-int16.npy", np.asfortranarray(table.astype(np.int16)))
np.save("big-endian-float32.npy", (table / 4).astype(">f4"))
np.save("scalar.npy", np.array(2.5))
np.save("bool.npy", np.array([True, False, True]))
np.save("complex128.npy", np.array([1 + 2j, -0.5j]))
np.save("uint16.npy", np.arange(3, dtype=np.uint16))
with open("version-2.npy", "wb") as file:
    np.lib.format.write_array(file, np.array([1.5, -2.5]), version=(2, 0))

first = np.array([1.5, -2.5], dtype=np.float32)
header = json.dumps(
    {
        "__metadata__": {"made": "by NumPy"},
        "weight": {"dtype": "F32", "shape": [2], "data_offsets": [48, 56]},
        "größe": {"dtype": "I64", "shape": [2, 3], "data_offsets": [0, 48]},
    }
).encode()
with open("two.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(header)) + header + table.tobytes() + first.tobytes())
