#!/bin/sh
# Checks everything in this folder without touching it:
#   the ELFs and build.json files are what build.sh makes of the sources, byte for byte (with another version of the
#   compiler or linker than build.json names, this is skipped, and said; with FIRESTEEL_STRICT=1 it fails instead);
#   the ELFs are what the machine accepts (tools/check_elf.sh);
#   the samples and manifest.json are what tools/make_samples.py makes;
#   each guest, built natively, gives each sample's output and exit code;
#   the SDK passes sdk/test.sh.
# FIRESTEEL_RUN=<command>   also runs the ELFs on the samples and the SDK's test programs; see sdk/test.sh.
#                           For a trap the command must end with another status than 0, without an "exit code" line.
set -eu
cd "$(dirname "$0")"
LC_ALL=C
export LC_ALL

need() {
    command -v "$1" >/dev/null || {
        echo "check.sh: $1 is missing; on Debian: apt-get install $2" >&2
        exit 2
    }
}
need python3 python3
need cc gcc
need cmp diffutils

WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
OUT=$WORK/out
export OUT
GUESTS=$(ls -d */Makefile | cut -d / -f 1 | grep -vx sdk)
failed=0
fail() {
    echo "check.sh: $*" >&2
    failed=1
}

toolchain() {
    grep -E '"(compiler|linker)"' "$1"
}

# The ELFs.
compared=1
DEST=$WORK/built ./build.sh >/dev/null
for guest in $GUESTS; do
    tools/check_elf.sh "$guest/$guest.elf" "$WORK/built/$guest/$guest.elf" || failed=1
    theirs=$(toolchain "$guest/build.json")
    ours=$(toolchain "$WORK/built/$guest/build.json")
    if [ "$theirs" != "$ours" ]; then
        echo "check.sh: $guest was built with other tools, so its bytes cannot be compared; committed:" >&2
        printf '%s\nhere:\n%s\n' "$theirs" "$ours" >&2
        compared=0
        [ "${FIRESTEEL_STRICT:-0}" = 0 ] || failed=1
        continue
    fi
    cmp "$WORK/built/$guest/$guest.elf" "$guest/$guest.elf" || fail "$guest.elf is not what its sources give; run guests/build.sh"
    cmp "$WORK/built/$guest/build.json" "$guest/build.json" || fail "$guest/build.json is out of date; run guests/build.sh"
done

# The samples.
python3 tools/make_samples.py "$WORK/samples"
cmp "$WORK/samples/manifest.json" manifest.json || fail "manifest.json is out of date; run tools/make_samples.py"
for guest in $GUESTS; do
    diff -rq "$WORK/samples/$guest/samples" "$guest/samples" || fail "the samples of $guest are out of date; run tools/make_samples.py"
done

# verdict <label> <sample without suffix> <status>: compares $WORK/stdout and $WORK/stderr with what the sample expects
verdict() {
    expected=0
    if [ -f "$2.exit" ]; then
        expected=$(cat "$2.exit")
    fi
    actual=$(sed -n 's/^exit code \([0-9]*\).*/\1/p' "$WORK/stderr")
    actual=${actual:-$3}
    case $expected in
    trap*)
        if [ "$3" = 0 ] || grep -q '^exit code ' "$WORK/stderr"; then
            fail "$1 $2: exit code $actual, expected a trap"
        fi
        ;;
    *)
        [ "$actual" = "$expected" ] || fail "$1 $2: exit code $actual, expected $expected"
        ;;
    esac
    cmp "$WORK/stdout" "$2.out" || fail "$1 $2: another output"
}

count=0
for guest in $GUESTS; do
    make -s -C "$guest" native
    for input in "$guest"/samples/*.in; do
        sample=${input%.in}
        status=0
        "$OUT/$guest/$guest" <"$input" >"$WORK/stdout" 2>"$WORK/stderr" || status=$?
        verdict native "$sample" $status
        if [ -n "${FIRESTEEL_RUN:-}" ]; then
            status=0
            $FIRESTEEL_RUN "$guest/$guest.elf" "$input" >"$WORK/stdout" 2>"$WORK/stderr" || status=$?
            verdict machine "$sample" $status
        fi
        count=$((count + 1))
    done
done

sdk/test.sh || fail "the SDK's tests failed"

if [ $failed -ne 0 ]; then
    exit 1
fi
if [ $compared = 1 ]; then
    echo "check.sh: $(echo "$GUESTS" | wc -l) guests rebuilt to the same bytes, $count samples as expected"
else
    echo "check.sh: bytes NOT compared (see above), $count samples as expected"
fi
