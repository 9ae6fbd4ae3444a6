# Where every guest begins: sets up the registers that C code expects, runs constructors, calls main, halts with its result.
# Memory needs no work: the loader has placed .data and the machine starts with every other byte 0.

    .section .text.init, "ax", @progbits
    .balign 4
    .globl _start
    .type _start, @function
_start:
    .option push
    .option norelax
    la      gp, __global_pointer$
    .option pop
    # The stack's top lies beyond the reach of medany addressing, hence a constant. The machine sets the same value.
    li      sp, 0xF0000000
    la      tp, __tls_base
    la      s0, __bothinit_array_start
    la      s1, __bothinit_array_end
1:  bgeu    s0, s1, 2f
    ld      t0, 0(s0)
    addi    s0, s0, 8
    jalr    t0
    j       1b
2:  li      a0, 0
    li      a1, 0
    call    main
    # HALT: the exit code is all of main's int.
    li      a7, 93
    ecall
3:  j       3b
    .size _start, . - _start
