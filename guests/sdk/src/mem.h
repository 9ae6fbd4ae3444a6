/* Words for the mem* functions. Private to the SDK. */
#ifndef FIRESTEEL_MEM_H
#define FIRESTEEL_MEM_H

#include <stddef.h>
#include <stdint.h>

/* GCC would turn the loop in memcpy into a call of memcpy. (Clang does not under -ffreestanding.) */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("no-tree-loop-distribute-patterns")
#endif

/* A word that may stand for memory of any type. */
typedef uint64_t __attribute__((may_alias)) word;

#define WORD 8u

static inline size_t misalignment(const void *pointer) {
    return (uintptr_t)pointer & (WORD - 1);
}

#endif
