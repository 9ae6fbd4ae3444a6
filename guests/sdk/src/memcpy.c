#include "mem.h"

void *memcpy(void *restrict to, const void *restrict from, size_t size);

/*
 * Stores are aligned words. Loads are too: where the two pointers disagree modulo 8, each stored word is put together
 * from two neighbouring aligned loads. Those stay inside words that hold at least one byte of the source, so they
 * touch no page and no guard that the source does not.
 */
void *memcpy(void *restrict to, const void *restrict from, size_t size) {
    uint8_t *t = to;
    const uint8_t *f = from;
    if (size >= 2 * WORD) {
        while (misalignment(t) != 0) {
            *t++ = *f++;
            size--;
        }
        unsigned shift = (unsigned)misalignment(f) * 8;
        if (shift == 0) {
            for (; size >= 4 * WORD; size -= 4 * WORD, t += 4 * WORD, f += 4 * WORD) {
                uint64_t a = ((const word *)f)[0];
                uint64_t b = ((const word *)f)[1];
                uint64_t c = ((const word *)f)[2];
                uint64_t d = ((const word *)f)[3];
                ((word *)t)[0] = a;
                ((word *)t)[1] = b;
                ((word *)t)[2] = c;
                ((word *)t)[3] = d;
            }
            for (; size >= WORD; size -= WORD, t += WORD, f += WORD) {
                *(word *)t = *(const word *)f;
            }
        } else {
            const word *next = (const word *)(f - misalignment(f));
            uint64_t low = *next++;
            for (; size >= WORD; size -= WORD, t += WORD, f += WORD) {
                uint64_t high = *next++;
                *(word *)t = low >> shift | high << (64 - shift);
                low = high;
            }
        }
    }
    while (size-- > 0) {
        *t++ = *f++;
    }
    return to;
}
