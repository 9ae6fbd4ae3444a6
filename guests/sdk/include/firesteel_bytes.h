/* Little-endian numbers in byte arrays, whatever their alignment. Every function is inline. */
#ifndef FIRESTEEL_BYTES_H
#define FIRESTEEL_BYTES_H

#include <stdint.h>

static inline uint32_t load32le(const uint8_t *bytes) {
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static inline uint64_t load64le(const uint8_t *bytes) {
    return load32le(bytes) | (uint64_t)load32le(bytes + 4) << 32;
}

static inline void store32le(uint8_t *to, uint32_t value) {
    for (int i = 0; i < 4; i++) {
        to[i] = (uint8_t)(value >> 8 * i);
    }
}

static inline void store64le(uint8_t *to, uint64_t value) {
    store32le(to, (uint32_t)value);
    store32le(to + 4, (uint32_t)(value >> 32));
}

#endif
