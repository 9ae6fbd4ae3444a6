#!/bin/sh
# Tests the SDK: its functions natively, and programs linked with it by GNU ld, by lld, and with picolibc.
# What is not installed is skipped, and said; with FIRESTEEL_STRICT=1 it fails instead.
#
# FIRESTEEL_RUN=<command>   also runs the programs: `<command> <elf> <input file>` must write the public output to
#                           stdout, write a line "exit code N" to stderr if N is not 0, and end with status 0 if it is.
set -eu
cd "$(dirname "$0")"
LC_ALL=C
export LC_ALL
CROSS=${CROSS:-riscv64-unknown-elf-}
CLANG=${CLANG:-clang-19}
LLD=${LLD:-ld.lld-19}
OUT=$(mktemp -d)
trap 'rm -rf "$OUT"' EXIT

missing() {
    echo "sdk/test.sh: $1 (Debian: apt-get install $2)" >&2
    if [ "${FIRESTEEL_STRICT:-0}" = 1 ]; then
        exit 2
    fi
}
have() {
    command -v "$1" >/dev/null
}

# run <elf> <input> <expected output>
run() {
    ../tools/check_elf.sh "$1"
    if [ -n "${FIRESTEEL_RUN:-}" ]; then
        $FIRESTEEL_RUN "$1" "$2" >"$OUT/actual" || { echo "$1 failed" >&2; exit 1; }
        cmp "$OUT/actual" "$3"
    fi
}

# 1. Natively.
for function in memcpy memmove memset memcmp; do
    cc -std=c11 -O1 -fno-builtin -Dmemcpy=sdk_memcpy -Dmemmove=sdk_memmove -Dmemset=sdk_memset -Dmemcmp=sdk_memcmp \
        -c src/$function.c -o "$OUT/$function.o"
done
cc -std=c11 -O1 -Wall -Wextra -Iinclude test/library_test.c src/keccak256.c src/sha256.c "$OUT"/mem*.o -o "$OUT/library_test"
"$OUT/library_test" >"$OUT/hashes"
python3 test/hashes.py | cmp - "$OUT/hashes"
echo "ok: mem* and hashes, natively"

awk 'BEGIN { for (i = 0; i < 500; i++) printf "%d,", i * i }' >"$OUT/input"
FREESTANDING='-std=c11 -march=rv64im -mabi=lp64 -mcmodel=medany -O2 -ffreestanding -Wall -Wextra -Werror -Iinclude'

# 2. GCC and GNU ld.
if have "${CROSS}gcc"; then
    make -s OUT="$OUT/gcc" CROSS="$CROSS"
    "${CROSS}gcc" $FREESTANDING -nostdlib -static -T firesteel.ld -Wl,--fatal-warnings test/freestanding.c \
        "$OUT/gcc/sdk/libfiresteel.a" -o "$OUT/gcc.elf"
    run "$OUT/gcc.elf" "$OUT/input" "$OUT/input"
    echo "ok: GCC, GNU ld"
else
    missing "no ${CROSS}gcc" gcc-riscv64-unknown-elf
fi

# 3. Clang and lld, the library too.
if have "$CLANG" && have "$LLD" && have "${CROSS}ar"; then
    TARGET="$CLANG --target=riscv64-unknown-elf"
    make -s OUT="$OUT/clang" CC_GUEST="$TARGET"
    $TARGET $FREESTANDING -c test/freestanding.c -o "$OUT/clang.o"
    "$LLD" -static --fatal-warnings -T firesteel.ld "$OUT/clang.o" "$OUT/clang/sdk/libfiresteel.a" -o "$OUT/clang.elf"
    run "$OUT/clang.elf" "$OUT/input" "$OUT/input"
    $TARGET -std=c++17 -fsyntax-only -Wall -Wextra -Werror -ffreestanding -Iinclude test/headers.cpp
    # The standard's own name for the target.
    $TARGET $FREESTANDING -march=rv64im_zicclsm -c test/freestanding.c -o "$OUT/clang.o"
    "$LLD" -static --gc-sections -T firesteel.ld "$OUT/clang.o" "$OUT/clang/sdk/libfiresteel.a" -o "$OUT/zicclsm.elf"
    run "$OUT/zicclsm.elf" "$OUT/input" "$OUT/input"
    echo "ok: Clang, lld"
else
    missing "no $CLANG, $LLD or ${CROSS}ar" "clang-19 lld-19 binutils-riscv64-unknown-elf"
fi

# 4. With a C library.
printf '30 4 -1 256 7' >"$OUT/numbers"
printf -- '-1 ffffffff\n4 4\n7 7\n30 1e\n256 100\nbye\n' >"$OUT/sorted"
if have "${CROSS}gcc" && "${CROSS}gcc" --specs=picolibc.specs -E -x c /dev/null >/dev/null 2>&1; then
    "${CROSS}gcc" -std=c11 -march=rv64im -mabi=lp64 -mcmodel=medany -O2 -Wall -Wextra -Iinclude \
        --specs=picolibc.specs -nostartfiles -static -T firesteel.ld test/with_picolibc.c \
        -Wl,--fatal-warnings -Wl,--start-group "$OUT/gcc/sdk/libfiresteel.a" -lc -lgcc -Wl,--end-group -o "$OUT/picolibc.elf"
    run "$OUT/picolibc.elf" "$OUT/numbers" "$OUT/sorted"
    echo "ok: picolibc"
else
    missing "no picolibc" picolibc-riscv64-unknown-elf
fi

if [ -z "${FIRESTEEL_RUN:-}" ]; then
    echo "note: programs were linked and their ELFs checked, not run (FIRESTEEL_RUN is not set)"
fi
