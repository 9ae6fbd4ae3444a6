#include "mem.h"

int memcmp(const void *left, const void *right, size_t size);

int memcmp(const void *left, const void *right, size_t size) {
    const uint8_t *l = left;
    const uint8_t *r = right;
    if ((misalignment(l) | misalignment(r)) == 0) {
        for (; size >= WORD && *(const word *)l == *(const word *)r; size -= WORD) {
            l += WORD;
            r += WORD;
        }
    }
    for (; size > 0; size--, l++, r++) {
        if (*l != *r) {
            return *l < *r ? -1 : 1;
        }
    }
    return 0;
}
