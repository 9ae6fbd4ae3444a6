#include "zkvm_accelerators.h"

#include "firesteel.h"

#define RATE 136u
#define LANES 25u

/* On the machine the permutation is a call, unless the library is built without accelerators. */
#if defined(__riscv) && !defined(FIRESTEEL_SOFTWARE)
#include "ecall.h"

static void keccak_f1600(uint64_t state[LANES]) {
    ecall_keccak_f1600(state);
}
#else
#define ROUNDS 24u

static const uint64_t ROUND_CONSTANTS[ROUNDS] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000, 0x000000000000808B, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
    0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800A, 0x800000008000000A, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

static inline uint64_t rotate(uint64_t value, unsigned count) {
    return value << count | value >> (64 - count);
}

/* One row of chi: five lanes b0..b4 into out[0..4]. */
#define CHI(out, b0, b1, b2, b3, b4) \
    (out)[0] = (b0) ^ (~(b1) & (b2)); \
    (out)[1] = (b1) ^ (~(b2) & (b3)); \
    (out)[2] = (b2) ^ (~(b3) & (b4)); \
    (out)[3] = (b3) ^ (~(b4) & (b0)); \
    (out)[4] = (b4) ^ (~(b0) & (b1))

/*
 * One round of Keccak-f[1600] from a to e (lane x,y at 5y+x), theta, rho and pi fused: lane (x,y) goes to
 * (y, 2x+3y), so the destination's row y' takes its five lanes from a diagonal of the source.
 */
__attribute__((noinline)) static void round_of(uint64_t e[LANES], const uint64_t a[LANES], uint64_t constant) {
    uint64_t c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
    uint64_t c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
    uint64_t c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
    uint64_t c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
    uint64_t c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
    uint64_t d0 = c4 ^ rotate(c1, 1);
    uint64_t d1 = c0 ^ rotate(c2, 1);
    uint64_t d2 = c1 ^ rotate(c3, 1);
    uint64_t d3 = c2 ^ rotate(c4, 1);
    uint64_t d4 = c3 ^ rotate(c0, 1);
    uint64_t b0, b1, b2, b3, b4;

    b0 = a[0] ^ d0;
    b1 = rotate(a[6] ^ d1, 44);
    b2 = rotate(a[12] ^ d2, 43);
    b3 = rotate(a[18] ^ d3, 21);
    b4 = rotate(a[24] ^ d4, 14);
    CHI(e, b0, b1, b2, b3, b4);
    e[0] ^= constant;

    b0 = rotate(a[3] ^ d3, 28);
    b1 = rotate(a[9] ^ d4, 20);
    b2 = rotate(a[10] ^ d0, 3);
    b3 = rotate(a[16] ^ d1, 45);
    b4 = rotate(a[22] ^ d2, 61);
    CHI(e + 5, b0, b1, b2, b3, b4);

    b0 = rotate(a[1] ^ d1, 1);
    b1 = rotate(a[7] ^ d2, 6);
    b2 = rotate(a[13] ^ d3, 25);
    b3 = rotate(a[19] ^ d4, 8);
    b4 = rotate(a[20] ^ d0, 18);
    CHI(e + 10, b0, b1, b2, b3, b4);

    b0 = rotate(a[4] ^ d4, 27);
    b1 = rotate(a[5] ^ d0, 36);
    b2 = rotate(a[11] ^ d1, 10);
    b3 = rotate(a[17] ^ d2, 15);
    b4 = rotate(a[23] ^ d3, 56);
    CHI(e + 15, b0, b1, b2, b3, b4);

    b0 = rotate(a[2] ^ d2, 62);
    b1 = rotate(a[8] ^ d3, 55);
    b2 = rotate(a[14] ^ d4, 39);
    b3 = rotate(a[15] ^ d0, 41);
    b4 = rotate(a[21] ^ d1, 2);
    CHI(e + 20, b0, b1, b2, b3, b4);
}

__attribute__((noinline)) static void keccak_f1600(uint64_t state[LANES]) {
    uint64_t other[LANES];
    for (unsigned round = 0; round < ROUNDS; round += 2) {
        round_of(other, state, ROUND_CONSTANTS[round]);
        round_of(state, other, ROUND_CONSTANTS[round + 1]);
    }
}
#endif

/* Both the guest and every machine that builds it natively are little-endian, as Keccak's lanes are. */
static inline uint64_t load_lane(const uint8_t *bytes) {
    uint64_t lane = 0;
    for (unsigned i = 8; i-- > 0;) {
        lane = lane << 8 | bytes[i];
    }
    return lane;
}

typedef uint64_t __attribute__((may_alias)) lane_in_memory;

static void absorb(uint64_t state[LANES], const uint8_t *block) {
    if (((uintptr_t)block & 7) == 0) {
        for (unsigned i = 0; i < RATE / 8; i++) {
            state[i] ^= ((const lane_in_memory *)block)[i];
        }
    } else {
        for (unsigned i = 0; i < RATE / 8; i++) {
            state[i] ^= load_lane(block + 8 * i);
        }
    }
    keccak_f1600(state);
}

zkvm_status zkvm_keccak256(const uint8_t *data, size_t len, zkvm_keccak256_hash *output) {
    uint64_t state[LANES] = {0};
    uint64_t last[RATE / 8] = {0};
    for (; len >= RATE; len -= RATE, data += RATE) {
        absorb(state, data);
    }
    memcpy(last, data, len);
    ((uint8_t *)last)[len] = 0x01;
    ((uint8_t *)last)[RATE - 1] |= 0x80;
    absorb(state, (const uint8_t *)last);
    memcpy(output->data, state, sizeof output->data);
    return ZKVM_EOK;
}
