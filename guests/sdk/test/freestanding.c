/*
 * What a guest may rely on when main begins, and the library without a C library. Ends with the number of the line
 * whose check failed, or writes its input out, in pieces, and ends with 0.
 */

#include "firesteel.h"
#include "zkvm_accelerators.h"
#include "zkvm_io.h"

#define CHECK(condition)                    \
    do {                                    \
        if (!(condition)) {                 \
            firesteel_halt(__LINE__);       \
        }                                   \
    } while (0)

extern uint8_t _heap_start[];
extern uint8_t _heap_end[];

static volatile uint64_t in_data = 0x1122334455667788;
static volatile uint8_t in_bss[5000];
static const char *const volatile in_rodata[] = {"one", "two"};
static _Thread_local volatile uint32_t in_tdata = 77;
static _Thread_local volatile uint32_t in_tbss[3];
static int constructed;

__attribute__((constructor)) static void construct(void) {
    constructed++;
}

__attribute__((constructor(101))) static void construct_first(void) {
    CHECK(constructed == 0);
    constructed = 41;
}

static void check_image(void) {
    CHECK(constructed == 42);
    CHECK(in_data == 0x1122334455667788);
    for (size_t i = 0; i < sizeof in_bss; i++) {
        CHECK(in_bss[i] == 0);
        in_bss[i] = 0xFF;
    }
    CHECK(in_rodata[1][0] == 't');
    CHECK(in_tdata == 77);
    CHECK(in_tbss[0] == 0 && in_tbss[2] == 0);
    in_tbss[0] = in_tbss[2] = 0xFFFFFFFF;
    CHECK(in_tdata == 77 && in_data == 0x1122334455667788);
    uint64_t on_stack = 0;
    CHECK((uintptr_t)&on_stack > 0xEFFFF000 && (uintptr_t)&on_stack < 0xF0000000);
}

static void check_heap(void) {
    CHECK((uintptr_t)_heap_end == 0x80000000);
    uint8_t *first = malloc(3);
    CHECK(first >= _heap_start && (uintptr_t)first % 16 == 0 && first[0] == 0);
    memset(first, 0xAB, 3);
    uint8_t *second = malloc(1000);
    CHECK(second >= first + 3 && (uintptr_t)second % 16 == 0);
    memset(second, 0xCD, 1000);
    uint8_t *grown = realloc(first, 40);
    CHECK(grown != first && grown[0] == 0xAB && grown[2] == 0xAB && second[0] == 0xCD && second[999] == 0xCD);
    CHECK(realloc(grown, 80) == grown); /* the latest grows where it is */
    free(grown);
    uint8_t *reused = calloc(10, 4);
    CHECK(reused == grown && reused[0] == 0 && reused[39] == 0);
    CHECK((uintptr_t)aligned_alloc(4096, 1) % 4096 == 0);
    CHECK(malloc(SIZE_MAX) == NULL && malloc(0x80000000) == NULL && calloc(SIZE_MAX, 2) == NULL);
    CHECK(calloc((size_t)1 << 33, (size_t)1 << 33) == NULL);
    CHECK(aligned_alloc(48, 1) == NULL);
    size_t rest = (size_t)(_heap_end - reused);
    CHECK(malloc(rest) == NULL);
    CHECK(malloc(rest / 2) != NULL);
    CHECK(malloc(rest / 2) == NULL);
    CHECK(malloc(16) != NULL);
}

static void check_accelerators(void) {
    static const uint8_t KECCAK_OF_NOTHING[] = {0xC5, 0xD2, 0x46, 0x01, 0x86, 0xF7, 0x23, 0x3C};
    static const uint8_t SHA_OF_NOTHING[] = {0xE3, 0xB0, 0xC4, 0x42, 0x98, 0xFC, 0x1C, 0x14};
    zkvm_keccak256_hash keccak;
    zkvm_sha256_hash sha;
    CHECK(zkvm_keccak256(NULL, 0, &keccak) == ZKVM_EOK && memcmp(keccak.data, KECCAK_OF_NOTHING, 8) == 0);
    CHECK(zkvm_sha256(NULL, 0, &sha) == ZKVM_EOK && memcmp(sha.data, SHA_OF_NOTHING, 8) == 0);
}

int main(void) {
    check_image();
    check_heap();
    check_accelerators();

    const uint8_t *input;
    const uint8_t *again;
    size_t size;
    size_t size_again;
    read_input(&input, &size);
    read_input(&again, &size_again);
    CHECK(input == again && size == size_again);
    /* Pieces of every length, from every alignment. */
    size_t piece = 0;
    for (size_t at = 0; at < size; piece++) {
        size_t length = piece < size - at ? piece : size - at;
        write_output(input + at, length);
        at += length;
    }
    return 0;
}
