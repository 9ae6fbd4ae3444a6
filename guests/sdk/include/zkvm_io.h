/*
 * Input and output of a guest, with the names and meanings of the zkVM IO interface
 * (eth-act/zkvm-standards, io-interface).
 */
#ifndef ZKVM_IO_H
#define ZKVM_IO_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The private input, whole. It is in memory before main, so nothing is copied; every call gives the same answer.
 * The bytes must not be written to. With *buf_size 0, *buf_ptr means nothing.
 * On Firesteel the bytes are 16-aligned and at most 536,870,896.
 */
void read_input(const uint8_t **buf_ptr, size_t *buf_size);

/* Appends `size` bytes to the public output. Calls concatenate; there is no limit on the sum. */
void write_output(const uint8_t *output, size_t size);

#ifdef __cplusplus
}
#endif

#endif
