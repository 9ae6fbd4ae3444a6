/*
 * The machine's services on an ordinary computer, so that a guest's source can be run and debugged there:
 * stdin is the input, stdout the output. Compile the guest with -Dmain=guest_main and link it with this file.
 *
 * A process's exit status has 8 bits where a guest's exit code has 32. A code that does not fit becomes status 255,
 * and any code but 0 is written to stderr in full: "exit code 256".
 */

#include "firesteel.h"
#include "zkvm_io.h"

#include <stdio.h>

#undef main

int guest_main(void);

static uint8_t *input;
static size_t input_size;

static void read_all(void) {
    size_t capacity = 1 << 16;
    input = malloc(capacity);
    while (input != NULL) {
        input_size += fread(input + input_size, 1, capacity - input_size, stdin);
        if (input_size < capacity) {
            break;
        }
        capacity *= 2;
        input = realloc(input, capacity);
    }
    if (input == NULL || ferror(stdin)) {
        fputs("cannot read the input\n", stderr);
        exit(255);
    }
}

void read_input(const uint8_t **buf_ptr, size_t *buf_size) {
    *buf_ptr = input;
    *buf_size = input_size;
}

void write_output(const uint8_t *output, size_t size) {
    if (fwrite(output, 1, size, stdout) != size) {
        fputs("cannot write the output\n", stderr);
        exit(255);
    }
}

_Noreturn void firesteel_halt(uint32_t exit_code) {
    if (exit_code != 0) {
        fprintf(stderr, "exit code %u\n", exit_code);
    }
    exit(exit_code <= 255 ? (int)exit_code : 255);
}

int main(void) {
    read_all();
    firesteel_halt((uint32_t)guest_main());
}
