# Compiler and flags of everything that runs on the machine. Included by sdk/Makefile and guest.mk.

GUESTS := $(patsubst %/,%,$(dir $(abspath $(dir $(lastword $(MAKEFILE_LIST))))))
SDK    := $(GUESTS)/sdk

CROSS ?= riscv64-unknown-elf-
CC_GUEST := $(CROSS)gcc
AR_GUEST := $(CROSS)ar

# rv64im exactly. No C library: the SDK has its own mem* functions and nothing here needs libgcc.
ARCH := -march=rv64im -mabi=lp64 -mcmodel=medany
# What build.json records.
GUEST_FLAGS := -std=c11 $(ARCH) -O2 -ffreestanding -fno-pic -fno-common -ffunction-sections -fdata-sections \
  -Wall -Wextra -Werror
LINK_FLAGS := -nostdlib -static -Wl,--gc-sections -Wl,--build-id=none -Wl,-z,max-page-size=4096 -Wl,--fatal-warnings -Wl,-X

# The place of the checkout must not reach the bytes.
PATH_FLAGS := -ffile-prefix-map=$(GUESTS)=guests
INCLUDES := -I$(SDK)/include

# Where things are built; committed ELFs are copied from here by guests/build.sh.
OUT ?= $(GUESTS)/target
