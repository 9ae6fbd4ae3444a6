/*
 * Input: any number of 64-bit little-endian keys. Output: the same keys, unsigned, in ascending order.
 * Exit code 1 if the input's length is no multiple of 8, 2 if memory runs out.
 */

#include "firesteel.h"
#include "zkvm_io.h"

/* Merges the ascending runs [first, middle) and [middle, last) of `from` into `to`. */
static void merge(uint64_t *to, const uint64_t *from, size_t first, size_t middle, size_t last) {
    size_t left = first;
    size_t right = middle;
    for (size_t i = first; i < last; i++) {
        if (right == last || (left < middle && from[left] <= from[right])) {
            to[i] = from[left++];
        } else {
            to[i] = from[right++];
        }
    }
}

/* Bottom-up merge sort: n log n comparisons whatever the input. Returns the array that holds the result. */
__attribute__((noinline)) static uint64_t *merge_sort(uint64_t *keys, uint64_t *spare, size_t count) {
    for (size_t run = 1; run < count; run *= 2) {
        for (size_t first = 0; first < count; first += 2 * run) {
            size_t middle = count - first > run ? first + run : count;
            size_t last = count - first > 2 * run ? first + 2 * run : count;
            merge(spare, keys, first, middle, last);
        }
        uint64_t *sorted = spare;
        spare = keys;
        keys = sorted;
    }
    return keys;
}

int main(void) {
    const uint8_t *input;
    size_t size;
    read_input(&input, &size);
    if (size % 8 != 0) {
        return 1;
    }
    uint64_t *keys = malloc(size);
    uint64_t *spare = malloc(size);
    if (size > 0 && (keys == NULL || spare == NULL)) {
        return 2;
    }
    memcpy(keys, input, size);
    write_output((const uint8_t *)merge_sort(keys, spare, size / 8), size);
    return 0;
}
