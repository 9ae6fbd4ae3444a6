/* A guest that uses a C library: formatting, sorting, errno (thread-local), atexit, all of it on the SDK's heap. */

#include "firesteel.h"
#include "zkvm_io.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>

static int ascending(const void *left, const void *right) {
    int l = *(const int *)left;
    int r = *(const int *)right;
    return (l > r) - (l < r);
}

static void goodbye(void) {
    write_output((const uint8_t *)"bye\n", 4);
}

int main(void) {
    const uint8_t *input;
    size_t size;
    read_input(&input, &size);
    assert(size != 0);
    if (input[0] == '!') {
        raise(SIGTERM);
    }

    char *text = calloc(1, size + 1);
    memcpy(text, input, size);
    int numbers[8];
    size_t count = 0;
    for (char *word = strtok(text, " \n"); word != NULL && count < 8; word = strtok(NULL, " \n")) {
        numbers[count++] = (int)strtol(word, NULL, 10);
    }
    qsort(numbers, count, sizeof numbers[0], ascending);
    for (size_t i = 0; i < count; i++) {
        char line[32];
        int length = snprintf(line, sizeof line, "%d %x\n", numbers[i], (unsigned)numbers[i]);
        write_output((const uint8_t *)line, (size_t)length);
    }
    errno = 0;
    strtol("99999999999999999999", NULL, 10);
    atexit(goodbye);
    exit(errno == ERANGE ? 0 : 1);
}
