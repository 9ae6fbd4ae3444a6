#!/usr/bin/env python3
"""Writes every guest's samples (<sample>.in, <sample>.out, and <sample>.exit where the exit code is not 0) and
manifest.json. Standard library only; the same bytes every time.

    tools/make_samples.py [folder]      folder: where to write, by default the guests' own

The expected outputs are computed here, by code that shares nothing with the guests.
"""

import hashlib
import json
import shutil
import struct
import sys
from pathlib import Path

import ethereum
from ethereum import rlp
from keccak import keccak256

GUESTS = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)


class Draw:
    """Pseudo-random values from a name: SHA-256 in counter mode."""

    def __init__(self, name):
        self.name = name.encode()
        self.count = 0
        self.pool = b""

    def bytes(self, size):
        while len(self.pool) < size:
            self.pool += hashlib.sha256(self.name + struct.pack("<Q", self.count)).digest()
            self.count += 1
        taken, self.pool = self.pool[:size], self.pool[size:]
        return taken

    def below(self, bound):
        return int.from_bytes(self.bytes((bound.bit_length() + 7) // 8 + 8), "little") % bound


class Samples:
    """Writes samples; those that are bundled become requests of the manifest."""

    def __init__(self):
        self.requests = []

    def add(self, guest, sample, data, output, *, exit_code=0, kind="guest", parameters=None, bundled=True, **fields):
        """`exit_code` is a number, or "trap" and the machine's name for it."""
        folder = GUESTS / guest / "samples"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{sample}.in").write_bytes(data)
        (folder / f"{sample}.out").write_bytes(output)
        if exit_code:
            (folder / f"{sample}.exit").write_text(f"{exit_code}\n")
        if bundled:
            self.requests.append({
                "request_id": f"{guest}-{sample.removeprefix('n').removeprefix('code-')}",
                "program": f"{guest}/{guest}.elf",
                "input": f"{guest}/samples/{sample}.in",
                "expected_output": f"{guest}/samples/{sample}.out",
                "expected_exit_code": exit_code,
                "kind": kind,
                "parameters": parameters or {},
                **fields,
            })

    def refused(self, guest, sample, data):
        self.add(guest, sample, data, b"", exit_code=1, bundled=False)


def fibonacci(samples):
    def f(n):
        a, b = 0, 1
        for _ in range(n):
            a, b = b, (a + b) % 2**64
        return a

    for n in (0, 1, 10, 1000, 1_000_000):
        samples.add("fibonacci", f"n{n}", struct.pack("<Q", n), struct.pack("<Q", f(n)),
                    parameters={"n": str(n)}, bundled=n >= 10)
    samples.refused("fibonacci", "short", b"\x01\x02")


def panic(samples):
    for code in (0, 1, 255, 256, 2**31, 2**32 - 1):
        samples.add("panic", f"code-{code}", struct.pack("<I", code), b"", exit_code=code,
                    parameters={"code": str(code)}, bundled=code in (1, 256))
    ways = {"abort": "134", "load": "trap LOAD_FAULT", "store": "trap STORE_FAULT", "ebreak": "trap BREAKPOINT",
            "jump": "trap MISALIGNED_FETCH"}
    for way, (name, exit_code) in enumerate(ways.items(), start=1):
        samples.add("panic", name, struct.pack("<IB", 0, way), b"", exit_code=exit_code, bundled=False)
    samples.refused("panic", "empty", b"")


def sort(samples):
    draw = Draw("sort")
    for n in (0, 1, 100, 4000):
        keys = [draw.below(2**64) for _ in range(n)]
        if n == 100:
            keys = [key % 50 for key in keys]  # with repetitions
        samples.add("sort", f"n{n}", struct.pack(f"<{n}Q", *keys), struct.pack(f"<{n}Q", *sorted(keys)),
                    parameters={"n": str(n)}, bundled=n >= 100)
    samples.refused("sort", "ragged", bytes(12))


def chains(samples):
    hashes = (("sha256-chain", lambda data: hashlib.sha256(data).digest()), ("keccak-chain", keccak256))
    for name, step in hashes:
        chain(samples, name, name, step)
        # The same program, with hashes that are computed by ordinary instructions.
        chain(samples, f"{name}-software", name, step)


def chain(samples, guest, seeded, step):
    seed = Draw(seeded).bytes(32)
    value = seed
    for count in range(1001):
        if count in (0, 1, 10, 1000):
            samples.add(guest, f"n{count}", seed + struct.pack("<Q", count), value,
                        parameters={"count": str(count)}, bundled=count >= 10)
        value = step(value)
    samples.refused(guest, "short", seed)


def transactions_root(samples):
    draw = Draw("transactions-root")
    guest = "transactions-root"

    def add(sample, number, transactions, *, withdrawals=None, bundled=True):
        gas_used = 21_000 * len(transactions)
        block = ethereum.block(draw, number, transactions, gas_used, withdrawals)
        encoded = rlp(block)
        samples.add(guest, sample, encoded, block[0][4] + keccak256(rlp(block[0])), bundled=bundled,
                    parameters={"transactions": str(len(transactions))}, chain_id=ethereum.CHAIN_ID,
                    block_number=number, gas_used=gas_used)
        return block, encoded

    def kinds(count):
        return [ethereum.transaction(draw, i % 5 if i % 3 == 0 else 0, draw.below(20)) for i in range(count)]

    add("empty", 1, [], withdrawals=[], bundled=False)
    add("single", 2, kinds(1), bundled=False)
    mixed = ((0, 0), (1, 4), (2, 68), (3, 0), (4, 36), (0, 14), (2, 300), (0, 1))
    add("mixed", 3, [ethereum.transaction(draw, kind, size) for kind, size in mixed],
        withdrawals=ethereum.withdrawals(draw, 3))
    add("n127", 4, [[i] for i in range(127)], bundled=False)
    add("n128", 5, [bytes([1 + i % 3, i]) for i in range(128)], bundled=False)
    add("n140", 6, kinds(140), withdrawals=ethereum.withdrawals(draw, 16))
    add("n260", 7, [ethereum.transaction(draw, 0) for _ in range(260)])
    # So short that nodes are embedded in their parents and the root, hashed all the same, has less than 32 bytes.
    add("tiny", 8, [b"\x01"], bundled=False)
    add("tiny-17", 9, [b"\x01"] * 17, bundled=False)

    # A small block to break in every way.
    block, encoded = add("pair", 10, kinds(2), withdrawals=ethereum.withdrawals(draw, 1), bundled=False)
    header, transactions, uncles, withdrawals = block

    def refused(sample, *parts):
        samples.refused(guest, sample, rlp(list(parts)))

    refused("wrong-root", header[:4] + [bytes(32)] + header[5:], transactions, uncles, withdrawals)
    refused("swapped", header, transactions[::-1], uncles, withdrawals)
    refused("missing-part", header, transactions)
    refused("extra-part", header, transactions, uncles, withdrawals, [])
    refused("short-header", header[:14], transactions, uncles, withdrawals)
    refused("short-root", header[:4] + [header[4][:31]] + header[5:], transactions, uncles, withdrawals)
    refused("list-in-header", header + [[]], transactions, uncles, withdrawals)
    refused("string-for-list", rlp(header), transactions, uncles, withdrawals)
    refused("no-type", *ethereum.block(draw, 3, [b""], 0))
    refused("bad-type", *ethereum.block(draw, 3, [b"\x80\x01"], 0))
    samples.refused(guest, "nothing", b"")
    samples.refused(guest, "truncated", encoded[:-1])
    samples.refused(guest, "trailing", encoded + b"\x00")
    samples.refused(guest, "long-length", b"\xff" + b"\xff" * 8 + encoded[3:])
    samples.refused(guest, "length-cut", b"\xfb\xff\xff")
    samples.refused(guest, "leading-zero", b"\xfa\x00" + encoded[1:])
    # One inner item that claims more than its list holds, one byte that is not encoded as itself, a long form for a
    # short length: each in the uncles, which nothing hashes, so that only the RLP's rules are broken.
    head, tail = rlp(header) + rlp(transactions), rlp(withdrawals)
    for sample, bad in (("overrun", b"\xc2\x82\x01"), ("not-shortest-byte", b"\xc2\x81\x05"),
                        ("not-shortest-length", b"\xc3\xb8\x01\xff"), ("nested", b"\xc1" + b"\xc0")):
        content = head + bad + tail
        block_rlp = b"\xf9" + len(content).to_bytes(2, "big") + content
        if sample == "nested":  # this one is sound: the control
            samples.add(guest, "uncle", block_rlp, header[4] + keccak256(rlp(header)), bundled=False)
        else:
            samples.refused(guest, sample, block_rlp)
    deep = b""
    for _ in range(40):
        deep = rlp([]) if not deep else bytes([0xC0 + len(deep)]) + deep
    content = head + deep + tail
    samples.refused(guest, "too-deep", b"\xf9" + len(content).to_bytes(2, "big") + content)


class MerkleTree:
    """A binary tree of keccak256 nodes in which every leaf is 32 zero bytes until it is set."""

    def __init__(self, depth):
        self.depth = depth
        self.nodes = {}
        self.empty = [bytes(32)]
        for _ in range(depth):
            self.empty.append(keccak256(self.empty[-1] * 2))

    def get(self, height, index):
        return self.nodes.get((height, index), self.empty[height])

    def set(self, index, leaf):
        self.nodes[0, index] = leaf
        for height in range(self.depth):
            index >>= 1
            self.nodes[height + 1, index] = keccak256(self.get(height, 2 * index) + self.get(height, 2 * index + 1))

    def siblings(self, index):
        return [self.get(height, index >> height ^ 1) for height in range(self.depth)]

    def root(self):
        return self.get(self.depth, 0)


def state_batch(samples):
    draw = Draw("state-batch")
    guest = "state-batch"

    def batch(depth, count, occupied):
        tree = MerkleTree(depth)
        for _ in range(occupied):
            tree.set(draw.below(2**depth), draw.bytes(32))
        used = [index for height, index in tree.nodes if height == 0]
        first = tree.root()
        updates = []
        for i in range(count):  # every other one a leaf that was set before
            index = used[draw.below(len(used))] if used and i % 2 else draw.below(2**depth)
            leaf = draw.bytes(32)
            updates.append(struct.pack("<Q", index) + tree.get(0, index) + leaf + b"".join(tree.siblings(index)))
            tree.set(index, leaf)
            used.append(index)
        return first, updates, tree.root()

    def encode(first, depth, updates):
        return first + struct.pack("<QQ", depth, len(updates)) + b"".join(updates)

    for count in (0, 1, 10, 100):
        first, updates, last = batch(16, count, 32)
        samples.add(guest, f"n{count}", encode(first, 16, updates), first + last + struct.pack("<Q", count),
                    kind="state-batch", parameters={"updates": str(count)}, bundled=count > 0)
    first, updates, last = batch(0, 2, 1)
    samples.add(guest, "depth-0", encode(first, 0, updates), first + last + struct.pack("<Q", 2), bundled=False)

    first, updates, _ = batch(4, 2, 3)
    one, two = updates

    def flipped(update, offset):
        return update[:offset] + bytes([update[offset] ^ 1]) + update[offset + 1:]

    samples.refused(guest, "wrong-root", encode(flipped(first, 31), 4, updates))
    samples.refused(guest, "wrong-old-leaf", encode(first, 4, [one, flipped(two, 8)]))
    samples.refused(guest, "wrong-new-leaf", encode(first, 4, [flipped(one, 40), two]))
    samples.refused(guest, "wrong-sibling", encode(first, 4, [one, flipped(two, len(two) - 1)]))
    samples.refused(guest, "wrong-index", encode(first, 4, [flipped(one, 0), two]))
    samples.refused(guest, "index-too-large", encode(first, 4, [bytes([one[0] | 16]) + one[1:], two]))
    samples.refused(guest, "wrong-order", encode(first, 4, [two, one]))
    samples.refused(guest, "truncated", encode(first, 4, updates)[:-1])
    samples.refused(guest, "trailing", encode(first, 4, updates) + b"\0")
    samples.refused(guest, "wrong-count", first + struct.pack("<QQ", 4, 3) + one + two)
    samples.refused(guest, "huge-count", first + struct.pack("<QQ", 4, 2**63) + one + two)
    samples.refused(guest, "huge-depth", first + struct.pack("<QQ", 2**59, 0))


def mlp(samples):
    draw = Draw("mlp")

    def signed(bound):
        return draw.below(2 * bound) - bound

    def network(widths, shifts):
        return [{"shift": shift, "biases": [signed(1000) for _ in range(outputs)],
                 "weights": [[signed(128) for _ in range(inputs)] for _ in range(outputs)]}
                for inputs, outputs, shift in zip(widths, widths[1:], shifts)]

    def encode(widths, layers, inputs):
        data = struct.pack(f"<II{len(widths)}I", len(layers), len(inputs), *widths)
        for layer in layers:
            data += struct.pack(f"<I{len(layer['biases'])}i", layer["shift"], *layer["biases"])
            data += b"".join(struct.pack(f"{len(row)}b", *row) for row in layer["weights"])
        return data + b"".join(struct.pack(f"{len(x)}b", *x) for x in inputs)

    def run(layers, activations):
        for layer in layers:
            sums = [bias + sum(w * a for w, a in zip(row, activations))
                    for bias, row in zip(layer["biases"], layer["weights"])]
            activations = [min(127, max(0, s) // 2**layer["shift"]) for s in sums]
        return struct.pack(f"<{len(sums)}iI", *sums, sums.index(max(sums)))

    def add(sample, widths, shifts, batch, bundled=True):
        layers = network(widths, shifts)
        inputs = [[signed(128) for _ in range(widths[0])] for _ in range(batch)]
        samples.add("mlp", sample, encode(widths, layers, inputs), b"".join(run(layers, x) for x in inputs),
                    parameters={"shape": "-".join(map(str, widths)), "batch": str(batch)}, bundled=bundled)
        return layers, inputs

    add("one-layer", [3, 1], [0], 1, bundled=False)
    layers, inputs = add("tiny", [4, 3, 2], [6, 0], 2)
    add("digits", [784, 64, 32, 10], [11, 8, 0], 8)

    good = encode([4, 3, 2], layers, inputs)
    samples.refused("mlp", "empty", b"")
    samples.refused("mlp", "truncated", good[:-1])
    samples.refused("mlp", "trailing", good + b"\0")
    samples.refused("mlp", "no-layers", struct.pack("<III", 0, 1, 4))
    samples.refused("mlp", "no-batch", encode([4, 3, 2], layers, []))
    samples.refused("mlp", "no-width", encode([0, 3, 2], layers, inputs))
    samples.refused("mlp", "huge-width", encode([2**32 - 1, 3, 2], layers, inputs))
    samples.refused("mlp", "huge-batch", good[:4] + b"\xff\xff\xff\xff" + good[8:])
    samples.refused("mlp", "shift-32", encode([4, 3, 2], [{**layers[0], "shift": 32}, layers[1]], inputs))
    samples.refused("mlp", "last-shift", encode([4, 3, 2], [layers[0], {**layers[1], "shift": 1}], inputs))
    samples.refused("mlp", "huge-bias", encode([4, 3, 2], [{**layers[0], "biases": [2**30, 0, 0]}, layers[1]], inputs))


def main():
    for folder in GUESTS.glob("*/samples"):
        shutil.rmtree(folder)
    samples = Samples()
    for guest in (fibonacci, sort, chains, transactions_root, state_batch, mlp, panic):
        guest(samples)
    (GUESTS / "manifest.json").write_text(json.dumps({"requests": samples.requests}, indent=2) + "\n")


if __name__ == "__main__":
    main()
