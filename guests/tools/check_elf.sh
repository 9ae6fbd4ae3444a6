#!/bin/sh
# Refuses an ELF that the machine would not run: check_elf.sh <elf>...
# Class, machine, type, e_flags; segments inside the image's addresses, page-aligned, none both writable and executable;
# entry 4-aligned in an executable segment; and every instruction of it an uncompressed RV64IM one.
set -eu
CROSS=${CROSS:-riscv64-unknown-elf-}
LC_ALL=C
export LC_ALL

# The mnemonics of RV64I and M, as objdump -M no-aliases writes them. FENCE has operands that do not matter.
RV64IM=' lui auipc jal jalr beq bne blt bge bltu bgeu lb lh lw ld lbu lhu lwu sb sh sw sd
 addi slti sltiu xori ori andi slli srli srai add sub sll slt sltu xor srl sra or and fence ecall ebreak
 addiw slliw srliw sraiw addw subw sllw srlw sraw
 mul mulh mulhsu mulhu div divu rem remu mulw divw divuw remw remuw '

for elf; do
    "${CROSS}readelf" -hlW "$elf" | awk -v elf="$elf" '
        function fail(why) { print elf ": " why > "/dev/stderr"; failed = 1 }
        function number(hex,    i, value) {
            value = 0
            hex = tolower(substr(hex, 3))
            for (i = 1; i <= length(hex); i++) value = value * 16 + index("0123456789abcdef", substr(hex, i, 1)) - 1
            return value
        }
        /^  Class:/ && $2 != "ELF64" { fail("not 64-bit") }
        /^  Data:/ && !/little endian/ { fail("not little-endian") }
        /^  Machine:/ && $2 != "RISC-V" { fail("not RISC-V") }
        /^  Type:/ && $2 != "EXEC" { fail("not a static executable") }
        /^  Flags:/ && $2 !~ /^0x0,?$/ { sub(/,/, "", $2); fail("e_flags is " $2 ", not 0 (compressed or floating-point code)") }
        /Entry point address:/ { entry = number($4) }
        /^  LOAD/ && number($6) > 0 {
            start = number($3); end = start + number($6)
            # readelf writes "R E 0x1000": what stands between the sizes and the alignment
            flags = ""; for (i = 7; i < NF; i++) flags = flags $i
            if (start < number("0x1000") || end > number("0x80000000")) fail("segment outside the image: " $3)
            if (start % 4096 != 0 || $NF != "0x1000") fail("segment not page-aligned: " $3)
            if (flags ~ /W/ && flags ~ /E/) fail("segment both writable and executable: " $3)
            if (flags ~ /E/ && entry >= start && entry < end && entry % 4 == 0) entered = 1
            if (start < last) fail("segments overlap or are out of order: " $3)
            last = end
        }
        /^  (DYNAMIC|INTERP)/ { fail("not static: " $1) }
        END { if (!entered) fail("entry is in no executable segment"); exit failed }'
    "${CROSS}objdump" -d -M no-aliases "$elf" | awk -v elf="$elf" -v known="$RV64IM" '
        BEGIN { n = split(known, names); for (i = 1; i <= n; i++) allowed[names[i]] = 1 }
        /^ *[0-9a-f]+:\t/ {
            seen++
            split($0, part, "\t")
            word = part[2]; gsub(/ /, "", word)
            if (length(word) != 8 || !(part[3] in allowed)) {
                print elf ": not RV64IM: " $0 > "/dev/stderr"
                failed = 1
            }
        }
        END { if (!seen) { print elf ": no code" > "/dev/stderr"; failed = 1 } exit failed }'
done
