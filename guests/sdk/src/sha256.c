#include "zkvm_accelerators.h"

#include "firesteel.h"

#define BLOCK 64u

static inline void store_big(uint8_t *to, uint32_t value) {
    to[0] = (uint8_t)(value >> 24);
    to[1] = (uint8_t)(value >> 16);
    to[2] = (uint8_t)(value >> 8);
    to[3] = (uint8_t)value;
}

/* On the machine the compression is a call, unless the library is built without accelerators. */
#if defined(__riscv) && !defined(FIRESTEEL_SOFTWARE)
#include "ecall.h"

static void sha256_compress(uint32_t state[8], const uint8_t *block) {
    _Alignas(8) uint8_t aligned[BLOCK];
    if (((uintptr_t)block & 7) != 0) {
        memcpy(aligned, block, BLOCK);
        block = aligned;
    }
    ecall_sha256_compress(state, block);
}
#else
static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static inline uint32_t rotate_right(uint32_t value, unsigned count) {
    return value >> count | value << (32 - count);
}

static inline uint32_t load_big(const uint8_t *b) {
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* One step of the compression with the roles of the registers rotated by name, not by moves. */
#define STEP(a, b, c, d, e, f, g, h, t)                                                                          \
    do {                                                                                                         \
        uint32_t sum = h + (rotate_right(e, 6) ^ rotate_right(e, 11) ^ rotate_right(e, 25)) + (g ^ (e & (f ^ g))) \
                     + K[t] + w[t];                                                                              \
        d += sum;                                                                                                \
        h = sum + (rotate_right(a, 2) ^ rotate_right(a, 13) ^ rotate_right(a, 22)) + ((a & b) | (c & (a | b)));   \
    } while (0)

__attribute__((noinline)) static void sha256_compress(uint32_t state[8], const uint8_t *block) {
    uint32_t w[64];
    for (unsigned t = 0; t < 16; t++) {
        w[t] = load_big(block + 4 * t);
    }
    for (unsigned t = 16; t < 64; t++) {
        uint32_t x = w[t - 15];
        uint32_t y = w[t - 2];
        w[t] = w[t - 16] + w[t - 7] + (rotate_right(x, 7) ^ rotate_right(x, 18) ^ x >> 3)
             + (rotate_right(y, 17) ^ rotate_right(y, 19) ^ y >> 10);
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (unsigned t = 0; t < 64; t += 8) {
        STEP(a, b, c, d, e, f, g, h, t);
        STEP(h, a, b, c, d, e, f, g, t + 1);
        STEP(g, h, a, b, c, d, e, f, t + 2);
        STEP(f, g, h, a, b, c, d, e, t + 3);
        STEP(e, f, g, h, a, b, c, d, t + 4);
        STEP(d, e, f, g, h, a, b, c, t + 5);
        STEP(c, d, e, f, g, h, a, b, t + 6);
        STEP(b, c, d, e, f, g, h, a, t + 7);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
}
#endif

zkvm_status zkvm_sha256(const uint8_t *data, size_t len, zkvm_sha256_hash *output) {
    /* Aligned as the machine wants it. */
    _Alignas(8) uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    uint64_t bits = (uint64_t)len * 8;
    for (; len >= BLOCK; len -= BLOCK, data += BLOCK) {
        sha256_compress(state, data);
    }
    /* The rest, a 1 bit, zeros, and the length in bits: one block or two. */
    _Alignas(8) uint8_t last[2 * BLOCK] = {0};
    size_t padded = len < BLOCK - 8 ? BLOCK : 2 * BLOCK;
    memcpy(last, data, len);
    last[len] = 0x80;
    store_big(last + padded - 8, (uint32_t)(bits >> 32));
    store_big(last + padded - 4, (uint32_t)bits);
    sha256_compress(state, last);
    if (padded > BLOCK) {
        sha256_compress(state, last + BLOCK);
    }
    for (unsigned i = 0; i < 8; i++) {
        store_big(output->data + 4 * i, state[i]);
    }
    return ZKVM_EOK;
}
