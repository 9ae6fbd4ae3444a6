/* What libfiresteel.a offers beyond the standard interfaces zkvm_io.h and zkvm_accelerators.h. */
#ifndef FIRESTEEL_H
#define FIRESTEEL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Exit code of abort(), and with it of a failed assert: what a shell reports for SIGABRT. */
#define FIRESTEEL_EXIT_ABORT 134u

/*
 * Ends the run. All 32 bits count: 256 is a failure, unlike on POSIX. 0 is success, as is returning 0 from main.
 * A failed run can never be proved as a success.
 */
#ifdef __cplusplus
[[noreturn]]
#else
_Noreturn
#endif
void firesteel_halt(uint32_t exit_code);

#ifdef __cplusplus
}
#endif

/*
 * The few C library functions in libfiresteel.a, for guests built without a C library (-ffreestanding).
 * Where there is one, its own headers declare them.
 */
#if defined(__STDC_HOSTED__) && __STDC_HOSTED__
#include <stdlib.h>
#include <string.h>
#else
#ifdef __cplusplus
extern "C" {
#endif
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *left, const void *right, size_t size);

#ifdef __cplusplus
[[noreturn]]
#else
_Noreturn
#endif
void abort(void);

/*
 * A bump allocator from _heap_start to _heap_end (about 2 GiB). Every block is 16-aligned. free and realloc give
 * memory back only for the latest block; nothing else is reused. Memory is 0 until the guest writes to it, and a
 * proof pays for what is touched, so this is what a short-lived program wants. Null when the heap is spent.
 */
void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *block, size_t size);
void *aligned_alloc(size_t alignment, size_t size);
void free(void *block);
#ifdef __cplusplus
}
#endif
#endif

#endif
