"""RLP, the Merkle-Patricia trie, and made-up blocks with every kind of transaction."""

from keccak import keccak256


def rlp(item):
    """The RLP of nested lists of bytes and non-negative integers."""
    if isinstance(item, int):
        item = item.to_bytes((item.bit_length() + 7) // 8, "big")
    if isinstance(item, bytes):
        if len(item) == 1 and item[0] < 0x80:
            return item
        return _rlp_header(0x80, len(item)) + item
    content = b"".join(rlp(inner) for inner in item)
    return _rlp_header(0xC0, len(content)) + content


def _rlp_header(base, length):
    if length <= 55:
        return bytes([base + length])
    big_endian = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([base + 55 + len(big_endian)]) + big_endian


def _hex_prefix(nibbles, leaf):
    flag = 2 * leaf + len(nibbles) % 2
    padded = [flag] + ([] if len(nibbles) % 2 else [0]) + list(nibbles)
    return bytes(padded[i] << 4 | padded[i + 1] for i in range(0, len(padded), 2))


def _node(pairs):
    """The trie node that holds a dict from tuples of nibbles to values, as nested lists of bytes."""
    if len(pairs) == 1:
        (nibbles, value), = pairs.items()
        return [_hex_prefix(nibbles, True), value]
    if len({key[:1] for key in pairs}) == 1:
        keys = list(pairs)
        shared = 1
        while all(len(key) > shared for key in keys) and len({key[:shared + 1] for key in keys}) == 1:
            shared += 1
        below = _node({key[shared:]: value for key, value in pairs.items()})
        return [_hex_prefix(keys[0][:shared], False), _reference(below)]
    children = []
    for nibble in range(16):
        below = {key[1:]: value for key, value in pairs.items() if key[:1] == (nibble,)}
        children.append(_reference(_node(below)) if below else b"")
    return children + [pairs.get((), b"")]


def _reference(node):
    encoded = rlp(node)
    return node if len(encoded) < 32 else keccak256(encoded)


def trie_root(pairs):
    """The root of the Merkle-Patricia trie of a dict from bytes to bytes."""
    if not pairs:
        return keccak256(rlp(b""))
    nibbles = {tuple(n for byte in key for n in (byte >> 4, byte & 15)): value for key, value in pairs.items()}
    return keccak256(rlp(_node(nibbles)))


def transactions_root(transactions):
    """The root for a block's list of transactions: lists (legacy) and bytes (typed)."""
    return trie_root({rlp(i): tx if isinstance(tx, bytes) else rlp(tx) for i, tx in enumerate(transactions)})


CHAIN_ID = 1337


def transaction(draw, kind, data_size=0):
    """A made-up transaction of type `kind`, 0 for legacy. Signatures are random: nothing here checks them."""
    nonce, price, tip, gas = draw.below(10_000), 10**9 + draw.below(10**11), draw.below(10**9), 21_000 + 16 * data_size
    to, value, data = draw.bytes(20), draw.below(10**19), draw.bytes(data_size)
    if kind == 0 and data_size % 5 == 4:
        to = b""  # creates a contract
    parity, r, s = draw.below(2), draw.below(2**256), draw.below(2**255)
    access = [[draw.bytes(20), [draw.bytes(32) for _ in range(draw.below(3))]] for _ in range(draw.below(2))]
    if kind == 0:
        return [nonce, price, gas, to, value, data, CHAIN_ID * 2 + 35 + parity, r, s]
    if kind == 1:
        fields = [CHAIN_ID, nonce, price, gas, to, value, data, access]
    elif kind == 2:
        fields = [CHAIN_ID, nonce, tip, price, gas, to, value, data, access]
    elif kind == 3:
        blobs = [b"\x01" + draw.bytes(31) for _ in range(1 + draw.below(3))]
        fields = [CHAIN_ID, nonce, tip, price, gas, to, value, data, access, 10**9, blobs]
    else:
        authorizations = [[CHAIN_ID, draw.bytes(20), 1, 0, draw.below(2**256), draw.below(2**255)]]
        fields = [CHAIN_ID, nonce, tip, price, gas, to, value, data, access, authorizations]
    return bytes([kind]) + rlp(fields + [parity, r, s])


def block(draw, number, transactions, gas_used, withdrawals=None):
    """A made-up block around the transactions, as [header, transactions, uncles(, withdrawals)]."""
    no_uncles = keccak256(rlp([]))
    header = [draw.bytes(32), no_uncles, draw.bytes(20), draw.bytes(32), transactions_root(transactions),
              draw.bytes(32), draw.bytes(256), 0, number, 36_000_000, gas_used, 1_700_000_000 + 12 * number,
              b"firesteel", draw.bytes(32), bytes(8), 7]
    if withdrawals is None:
        return [header, transactions, []]
    header += [trie_root({rlp(i): rlp(w) for i, w in enumerate(withdrawals)}), 0, 0, draw.bytes(32)]
    return [header, transactions, [], withdrawals]


def withdrawals(draw, count):
    return [[1_000 + i, draw.below(10**6), draw.bytes(20), draw.below(10**8)] for i in range(count)]
