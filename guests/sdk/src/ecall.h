/* The machine's calls (docs/machine.md, ECALL). Private to the SDK. */
#ifndef FIRESTEEL_ECALL_H
#define FIRESTEEL_ECALL_H

#include <stdint.h>

#define ECALL_HALT 93
#define ECALL_OUTPUT 256

#define ECALL_KECCAK_F1600 512
#define ECALL_SHA256_COMPRESS 513

_Noreturn static inline void ecall_halt(uint64_t code) {
    register uint64_t a0 __asm__("a0") = code;
    register uint64_t a7 __asm__("a7") = ECALL_HALT;
    for (;;) {
        __asm__ volatile("ecall" : : "r"(a0), "r"(a7) : "memory");
    }
}

/* Appends the low `count` bytes of `value` to the public output; count is 1..8. */
static inline void ecall_output(uint64_t value, uint64_t count) {
    register uint64_t a0 __asm__("a0") = value;
    register uint64_t a1 __asm__("a1") = count;
    register uint64_t a7 __asm__("a7") = ECALL_OUTPUT;
    __asm__ volatile("ecall" : : "r"(a0), "r"(a1), "r"(a7));
}

/* Replaces the state by its image under Keccak-f[1600]; 8-aligned, as a uint64_t is. */
static inline void ecall_keccak_f1600(uint64_t state[25]) {
    register uint64_t a0 __asm__("a0") = (uint64_t)(uintptr_t)state;
    register uint64_t a7 __asm__("a7") = ECALL_KECCAK_F1600;
    __asm__ volatile("ecall" : : "r"(a0), "r"(a7) : "memory");
}

/* Replaces SHA-256's state by what compressing the block of 64 bytes makes of it; both must be 8-aligned. */
static inline void ecall_sha256_compress(uint32_t state[8], const uint8_t *block) {
    register uint64_t a0 __asm__("a0") = (uint64_t)(uintptr_t)state;
    register uint64_t a1 __asm__("a1") = (uint64_t)(uintptr_t)block;
    register uint64_t a7 __asm__("a7") = ECALL_SHA256_COMPRESS;
    __asm__ volatile("ecall" : : "r"(a0), "r"(a1), "r"(a7) : "memory");
}

#endif
