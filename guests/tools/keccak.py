"""Keccak-256 as Ethereum uses it, straight from the definition: round constants and offsets are computed, not listed."""

MASK = 2**64 - 1
RATE = 136


def _round_constants():
    register = 1
    for _ in range(24):
        constant = 0
        for bit in range(7):
            constant |= (register & 1) << (2**bit - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        yield constant


def _offsets():
    offsets = {(0, 0): 0}
    x, y = 1, 0
    for t in range(24):
        offsets[x, y] = (t + 1) * (t + 2) // 2 % 64
        x, y = y, (2 * x + 3 * y) % 5
    return offsets


CONSTANTS = list(_round_constants())
OFFSETS = _offsets()


def _rotate(lane, count):
    return (lane << count | lane >> (64 - count)) & MASK


def keccak_f1600(a):
    """Permutes the state, a dict from (x, y) to lane."""
    for constant in CONSTANTS:
        c = [a[x, 0] ^ a[x, 1] ^ a[x, 2] ^ a[x, 3] ^ a[x, 4] for x in range(5)]
        d = [c[x - 1] ^ _rotate(c[(x + 1) % 5], 1) for x in range(5)]
        b = {(y, (2 * x + 3 * y) % 5): _rotate(lane ^ d[x], OFFSETS[x, y]) for (x, y), lane in a.items()}
        a = {(x, y): lane ^ (~b[(x + 1) % 5, y] & b[(x + 2) % 5, y]) for (x, y), lane in b.items()}
        a[0, 0] ^= constant
    return a


def keccak256(data):
    padded = bytearray(data) + bytearray(RATE - len(data) % RATE)
    padded[len(data)] ^= 0x01
    padded[-1] ^= 0x80
    state = {(x, y): 0 for x in range(5) for y in range(5)}
    for start in range(0, len(padded), RATE):
        for i in range(RATE // 8):
            lane = padded[start + 8 * i:start + 8 * i + 8]
            state[i % 5, i // 5] ^= int.from_bytes(lane, "little")
        state = keccak_f1600(state)
    return b"".join(state[i, 0].to_bytes(8, "little") for i in range(4))
