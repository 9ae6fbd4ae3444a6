"""Prints the hashes that library_test.c prints, from other code."""

import hashlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
from keccak import keccak256  # noqa: E402

for size in range(300):
    data = bytes((i + size) % 256 for i in range(size))
    print(keccak256(data).hex() + hashlib.sha256(data).hexdigest())
