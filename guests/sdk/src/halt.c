#include "firesteel.h"

#include "ecall.h"

_Noreturn void firesteel_halt(uint32_t exit_code) {
    ecall_halt(exit_code);
}
