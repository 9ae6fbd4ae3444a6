/*
 * Input: 32-byte seed, u64 count (little-endian). Output: the seed after `count` times replacing it by its SHA-256,
 * 32 bytes; with count 0 the seed itself. Exit code 1 if the input is not 40 bytes long.
 */

#include "firesteel.h"
#include "firesteel_bytes.h"
#include "zkvm_accelerators.h"
#include "zkvm_io.h"

int main(void) {
    const uint8_t *input;
    size_t size;
    read_input(&input, &size);
    if (size != 40) {
        return 1;
    }
    zkvm_sha256_hash value;
    memcpy(value.data, input, sizeof value.data);
    for (uint64_t count = load64le(input + 32); count > 0; count--) {
        if (zkvm_sha256(value.data, sizeof value.data, &value) != ZKVM_EOK) {
            return 1;
        }
    }
    write_output(value.data, sizeof value.data);
    return 0;
}
