/* What a C library's assert calls when it fails. There is nowhere to print to: the run ends as abort ends it. */

#include "firesteel.h"

_Noreturn void __assert_func(const char *file, int line, const char *function, const char *expression);
_Noreturn void __assert_no_args(void);

_Noreturn void __assert_func(const char *file, int line, const char *function, const char *expression) {
    (void)file;
    (void)line;
    (void)function;
    (void)expression;
    abort();
}

_Noreturn void __assert_no_args(void) {
    abort();
}
