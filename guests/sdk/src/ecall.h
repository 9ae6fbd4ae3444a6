/* The machine's calls (docs/machine.md, ECALL). Private to the SDK. */
#ifndef FIRESTEEL_ECALL_H
#define FIRESTEEL_ECALL_H

#include <stdint.h>

#define ECALL_HALT 93
#define ECALL_OUTPUT 256

/* Call numbers from 512 on are for accelerators. */

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

#endif
