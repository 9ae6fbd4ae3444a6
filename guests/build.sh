#!/bin/sh
# Rebuilds the SDK and every guest, and puts each guest's ELF and build.json beside its source.
#   guests/build.sh              all guests
#   guests/build.sh panic mlp    these
# OUT=<dir>   where the build happens (default guests/target)
# DEST=<dir>  where <name>/<name>.elf and <name>/build.json go (default guests)
set -eu
cd "$(dirname "$0")"

need() {
    command -v "$1" >/dev/null || {
        echo "build.sh: $1 is missing; on Debian: apt-get install $2" >&2
        exit 2
    }
}
need make make
need "${CROSS:-riscv64-unknown-elf-}gcc" gcc-riscv64-unknown-elf
need "${CROSS:-riscv64-unknown-elf-}ar" binutils-riscv64-unknown-elf
need sha256sum coreutils

OUT=${OUT:-$PWD/target}
DEST=${DEST:-$PWD}
export OUT
LC_ALL=C
export LC_ALL

hash_of() {
    sha256sum "$1" | cut -d ' ' -f 1
}

# Every file that the bytes of the ELF depend on.
sources_of() {
    echo "$2"
    echo "$1/Makefile"
    ls sdk/firesteel.ld sdk/*.mk sdk/Makefile sdk/include/*.h sdk/src/*
}

describe() {
    facts=$(make -s -C "$1" describe)
    fact() { printf '%s\n' "$facts" | sed -n "s/^$1=//p" | sed 's/  */ /g'; }
    printf '{\n'
    printf '  "compiler": "%s",\n' "$(fact compiler)"
    printf '  "linker": "%s",\n' "$(fact linker)"
    printf '  "flags": "%s",\n' "$(fact flags)"
    printf '  "link_flags": "%s",\n' "$(fact link_flags)"
    printf '  "library": "%s",\n' "$(fact library)"
    printf '  "elf": {"%s": "%s"},\n' "$1/$1.elf" "$(hash_of "$2")"
    printf '  "sources": {'
    separator=''
    for source in $(sources_of "$1" "$(fact source)"); do
        printf '%s\n    "%s": "%s"' "$separator" "$source" "$(hash_of "$source")"
        separator=','
    done
    printf '\n  }\n}\n'
}

make -s -C sdk
if [ $# -eq 0 ]; then
    set -- $(ls -d */Makefile | cut -d / -f 1 | grep -vx sdk)
fi
for guest; do
    make -s -C "$guest"
    mkdir -p "$DEST/$guest"
    describe "$guest" "$OUT/$guest/$guest.elf" >"$DEST/$guest/build.json"
    # Not executable on the machine that builds it.
    install -m 644 "$OUT/$guest/$guest.elf" "$DEST/$guest/$guest.elf"
    echo "$guest/$guest.elf $(wc -c <"$DEST/$guest/$guest.elf") bytes"
done
