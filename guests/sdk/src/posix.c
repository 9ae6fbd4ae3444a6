/* What a C library asks of its operating system. A guest has none: one process that can only halt. */

#include "firesteel.h"

_Noreturn void _exit(int status) {
    firesteel_halt((uint32_t)status);
}

int getpid(void) {
    return 1;
}

int kill(int pid, int signal) {
    (void)pid;
    firesteel_halt(128u + (uint32_t)signal);
}
