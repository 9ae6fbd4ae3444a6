/*
 * Input: u64 n. Output: u64 F(n) mod 2^64, with F(0) = 0 and F(1) = 1. Little-endian.
 * Exit code 1 if the input is not 8 bytes long.
 */

#include "firesteel_bytes.h"
#include "zkvm_io.h"

/* One addition a step: a plain loop whose length is the input, for measuring the cost of a cycle. */
__attribute__((noinline)) static uint64_t fibonacci(uint64_t n) {
    uint64_t current = 0;
    uint64_t next = 1;
    for (; n > 0; n--) {
        uint64_t sum = current + next;
        current = next;
        next = sum;
    }
    return current;
}

int main(void) {
    const uint8_t *input;
    size_t size;
    read_input(&input, &size);
    if (size != 8) {
        return 1;
    }
    uint8_t result[8];
    store64le(result, fibonacci(load64le(input)));
    write_output(result, sizeof result);
    return 0;
}
