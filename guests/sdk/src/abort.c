#include "firesteel.h"

_Noreturn void abort(void) {
    firesteel_halt(FIRESTEEL_EXIT_ABORT);
}
