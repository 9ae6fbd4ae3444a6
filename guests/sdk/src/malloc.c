/*
 * The bump allocator that firesteel.h describes. Eight bytes before each block hold its size. All of the family is in
 * this one object so that a C library's malloc is replaced whole or not at all.
 */

#include "firesteel.h"

#define ALIGNMENT 16u

extern uint8_t _heap_start[];
extern uint8_t _heap_end[];

void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *block, size_t size);
void *aligned_alloc(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size);
int posix_memalign(void **block, size_t alignment, size_t size);
void free(void *block);

/* First byte that no block uses; 0 before the first call. */
static uintptr_t top;
static uint8_t *latest;

static size_t *size_of(void *block) {
    return (size_t *)block - 1;
}

void *memalign(size_t alignment, size_t size) {
    if (top == 0) {
        top = (uintptr_t)_heap_start;
    }
    if (alignment < ALIGNMENT) {
        alignment = ALIGNMENT;
    }
    uintptr_t end = (uintptr_t)_heap_end;
    uintptr_t start = (top + sizeof(size_t) + alignment - 1) & -(uintptr_t)alignment;
    if ((alignment & (alignment - 1)) != 0 || alignment > end || start > end || size > end - start) {
        return NULL;
    }
    top = start + size;
    latest = (uint8_t *)start;
    *size_of(latest) = size;
    return latest;
}

void *malloc(size_t size) {
    return memalign(ALIGNMENT, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    return memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size) {
    *block = memalign(alignment, size);
    return *block == NULL ? 12 /* ENOMEM */ : 0;
}

void *calloc(size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    void *block = malloc(count * size);
    return block == NULL ? NULL : memset(block, 0, count * size); /* a freed block may have been written to */
}

void *realloc(void *block, size_t size) {
    if (block == NULL) {
        return malloc(size);
    }
    size_t old = *size_of(block);
    if (block == latest) {
        if (size > (uintptr_t)_heap_end - (uintptr_t)block) {
            return NULL;
        }
        top = (uintptr_t)block + size;
        *size_of(block) = size;
        return block;
    }
    if (size <= old) {
        return block;
    }
    void *larger = malloc(size);
    return larger == NULL ? NULL : memcpy(larger, block, old);
}

void free(void *block) {
    if (block != NULL && block == latest) {
        top = (uintptr_t)size_of(block);
        latest = NULL;
    }
}
