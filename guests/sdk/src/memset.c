#include "mem.h"

void *memset(void *to, int byte, size_t size);

void *memset(void *to, int byte, size_t size) {
    uint8_t *t = to;
    uint8_t b = (uint8_t)byte;
    if (size >= 2 * WORD) {
        while (misalignment(t) != 0) {
            *t++ = b;
            size--;
        }
        uint64_t w = b * 0x0101010101010101u;
        for (; size >= WORD; size -= WORD, t += WORD) {
            *(word *)t = w;
        }
    }
    while (size-- > 0) {
        *t++ = b;
    }
    return to;
}
