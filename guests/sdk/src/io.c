#include "zkvm_io.h"

#include "ecall.h"

/* The input region: a 64-bit length, then the bytes 16 further on. The machine fills it before _start. */
#define INPUT_LENGTH 0xC0000000u
#define INPUT_BYTES 0xC0000010u

void read_input(const uint8_t **buf_ptr, size_t *buf_size) {
    *buf_ptr = (const uint8_t *)(uintptr_t)INPUT_BYTES;
    *buf_size = *(const volatile uint64_t *)(uintptr_t)INPUT_LENGTH;
}

typedef uint64_t __attribute__((may_alias)) word;

/* Up to 7 bytes as one little-endian value: fewer calls than byte by byte. */
static uint64_t gather(const uint8_t *bytes, size_t count) {
    uint64_t value = 0;
    while (count > 0) {
        value = value << 8 | bytes[--count];
    }
    return value;
}

void write_output(const uint8_t *output, size_t size) {
    /* Bytes up to the first aligned word, whole words, the rest: no misaligned load. */
    size_t head = -(uintptr_t)output & 7;
    if (head > size) {
        head = size;
    }
    if (head > 0) {
        ecall_output(gather(output, head), head);
        output += head;
        size -= head;
    }
    for (; size >= 8; size -= 8, output += 8) {
        ecall_output(*(const word *)output, 8);
    }
    if (size > 0) {
        ecall_output(gather(output, size), size);
    }
}
