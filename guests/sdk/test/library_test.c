/*
 * The SDK's mem* functions against this computer's, on every alignment and every small size; and, for another program
 * to check, the hashes of 0 to 299 bytes. Compiled natively, with the SDK's functions renamed to sdk_*.
 */

#include "zkvm_accelerators.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *sdk_memcpy(void *to, const void *from, size_t size);
void *sdk_memmove(void *to, const void *from, size_t size);
void *sdk_memset(void *to, int byte, size_t size);
int sdk_memcmp(const void *left, const void *right, size_t size);

#define ROOM 256
#define SIZES 100
#define OFFSETS 17

static uint8_t expected[ROOM];
static uint8_t actual[ROOM];
static uint8_t source[ROOM];

static void require(int condition, const char *what, int to, int from, int size) {
    if (!condition) {
        fprintf(stderr, "%s differs: to %d, from %d, size %d\n", what, to, from, size);
        exit(1);
    }
}

static void fill(uint8_t *bytes, unsigned seed) {
    for (unsigned i = 0; i < ROOM; i++) {
        bytes[i] = (uint8_t)((i * 167 + seed * 31) ^ (i >> 3));
    }
}

static int sign(int value) {
    return (value > 0) - (value < 0);
}

static void check(int to, int from, int size) {
    fill(source, 1);
    fill(expected, 2);
    fill(actual, 2);
    memcpy(expected + to, source + from, (size_t)size);
    require(sdk_memcpy(actual + to, source + from, (size_t)size) == actual + to, "memcpy's result", to, from, size);
    require(memcmp(expected, actual, ROOM) == 0, "memcpy", to, from, size);

    memmove(expected + to, expected + from, (size_t)size);
    require(sdk_memmove(actual + to, actual + from, (size_t)size) == actual + to, "memmove's result", to, from, size);
    require(memcmp(expected, actual, ROOM) == 0, "memmove", to, from, size);

    memset(expected + to, from + 0x1F0, (size_t)size);
    require(sdk_memset(actual + to, from + 0x1F0, (size_t)size) == actual + to, "memset's result", to, from, size);
    require(memcmp(expected, actual, ROOM) == 0, "memset", to, from, size);

    memcpy(actual + to, source + from, (size_t)size);
    require(sdk_memcmp(actual + to, source + from, (size_t)size) == 0, "memcmp of equals", to, from, size);
    for (int at = 0; at < size; at += 3) {
        actual[to + at] ^= 0x80;
        int want = sign(memcmp(actual + to, source + from, (size_t)size));
        require(sign(sdk_memcmp(actual + to, source + from, (size_t)size)) == want, "memcmp", to, from, size);
        actual[to + at] ^= 0x80;
    }
}

static void print(const uint8_t hash[32]) {
    for (int i = 0; i < 32; i++) {
        printf("%02x", hash[i]);
    }
}

int main(void) {
    for (int size = 0; size < SIZES; size++) {
        for (int to = 0; to < OFFSETS; to++) {
            for (int from = 0; from < OFFSETS; from++) {
                check(to, from, size);
            }
        }
    }
    for (int size = 0; size < 300; size++) {
        uint8_t data[300 + 1];
        for (int i = 0; i < size; i++) {
            data[i + size % 2] = (uint8_t)(i + size);
        }
        zkvm_keccak256_hash keccak;
        zkvm_sha256_hash sha;
        zkvm_keccak256(data + size % 2, (size_t)size, &keccak);
        zkvm_sha256(data + size % 2, (size_t)size, &sha);
        print(keccak.data);
        print(sha.data);
        printf("\n");
    }
    return 0;
}
