#!/usr/bin/env python3
"""Writes every guest's samples/*.in and *.out, and manifest.json. Standard library only; the same bytes every time.

The expected outputs are computed here, by code that shares nothing with the guests.
"""

import json
import struct
from pathlib import Path

GUESTS = Path(__file__).resolve().parent.parent
MASK64 = 2**64 - 1


class Samples:
    """Collects the requests of the manifest while the samples are written."""

    def __init__(self):
        self.requests = []

    def add(self, guest, sample, data, output, *, exit_code=0, kind="guest", parameters=None, bundled=True, **fields):
        """Writes one sample; a bundled one becomes a request of the manifest."""
        folder = GUESTS / guest / "samples"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{sample}.in").write_bytes(data)
        (folder / f"{sample}.out").write_bytes(output)
        code = folder / f"{sample}.exit"
        if exit_code:
            code.write_text(f"{exit_code}\n")
        elif code.exists():
            code.unlink()
        if bundled:
            self.requests.append({
                "request_id": f"{guest}-{sample.removeprefix('n')}",
                "program": f"{guest}/{guest}.elf",
                "input": f"{guest}/samples/{sample}.in",
                "expected_output": f"{guest}/samples/{sample}.out",
                "expected_exit_code": exit_code,
                "kind": kind,
                "parameters": parameters or {},
                **fields,
            })


def fibonacci(samples):
    def f(n):
        a, b = 0, 1
        for _ in range(n):
            a, b = b, (a + b) & MASK64
        return a

    for n in (0, 1, 10, 1000, 1_000_000):
        samples.add("fibonacci", f"n{n}", struct.pack("<Q", n), struct.pack("<Q", f(n)),
                    parameters={"n": str(n)}, bundled=n >= 10)
    samples.add("fibonacci", "short-input", b"\x01\x02", b"", exit_code=1, bundled=False)


def panic(samples):
    for code in (0, 1, 255, 256, 2**31, 2**32 - 1):
        samples.add("panic", f"code-{code}", struct.pack("<I", code), b"", exit_code=code,
                    parameters={"code": str(code)}, bundled=code in (1, 256))


def main():
    samples = Samples()
    fibonacci(samples)
    panic(samples)
    (GUESTS / "manifest.json").write_text(json.dumps({"requests": samples.requests}, indent=2) + "\n")


if __name__ == "__main__":
    main()
