/*
 * Fails in the way that the input asks for. Input: u32 code, little-endian, and optionally one more byte.
 * Without the byte the guest ends with that exit code (0 succeeds). With it, the code is ignored and the guest
 *   1  calls abort (exit code 134)
 *   2  loads from address 0 (LOAD_FAULT)
 *   3  stores to address 0 (STORE_FAULT)
 *   4  executes EBREAK (BREAKPOINT)
 *   5  jumps to an address that is not 4-aligned (MISALIGNED_FETCH)
 * An input of another length, or another byte, ends with exit code 1. There is never any output.
 */

#include "firesteel.h"
#include "firesteel_bytes.h"
#include "zkvm_io.h"

/* The compiler must not see that the address is null, or it would make a trap of its own of the access. */
static uint8_t *volatile null = NULL;

int main(void) {
    const uint8_t *input;
    size_t size;
    read_input(&input, &size);
    if (size != 4 && size != 5) {
        return 1;
    }
    if (size == 4) {
        firesteel_halt(load32le(input));
    }
    switch (input[4]) {
        case 1:
            abort();
        case 2:
            return *(volatile uint8_t *)null;
        case 3:
            *(volatile uint8_t *)null = 0;
            return 0;
        case 4:
            __builtin_trap();
        case 5:
            ((void (*)(void))(null + 2))();
            return 0;
        default:
            return 1;
    }
}
