#include "mem.h"

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);

void *memmove(void *to, const void *from, size_t size) {
    uintptr_t distance = (uintptr_t)to - (uintptr_t)from;
    if (distance >= size && -distance >= size) {
        return memcpy(to, from, size);
    }
    uint8_t *t = to;
    const uint8_t *f = from;
    int words = misalignment(t) == misalignment(f);
    if (distance >= size) { /* `to` lies below: copy upwards */
        if (words) {
            for (; size > 0 && misalignment(t) != 0; size--) {
                *t++ = *f++;
            }
            for (; size >= WORD; size -= WORD, t += WORD, f += WORD) {
                *(word *)t = *(const word *)f;
            }
        }
        while (size-- > 0) {
            *t++ = *f++;
        }
    } else {
        t += size;
        f += size;
        if (words) {
            for (; size > 0 && misalignment(t) != 0; size--) {
                *--t = *--f;
            }
            for (; size >= WORD; size -= WORD) {
                t -= WORD;
                f -= WORD;
                *(word *)t = *(const word *)f;
            }
        }
        while (size-- > 0) {
            *--t = *--f;
        }
    }
    return to;
}
