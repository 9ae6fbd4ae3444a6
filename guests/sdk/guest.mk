# Builds one guest, in C, from <name>/<name>.c. A guest's Makefile is: GUEST := <name>, and an include of this file.
# SOURCE := <folder>/<file>.c before the include names another source; LIBRARY := firesteel-software links hashes that are
# computed by ordinary instructions in place of the machine's accelerators.
#   make          $(OUT)/<name>/<name>.elf, for the machine
#   make native   $(OUT)/<name>/<name>, for this computer: stdin is the input, stdout the output

include $(dir $(abspath $(lastword $(MAKEFILE_LIST))))toolchain.mk

SOURCE ?= $(GUEST)/$(GUEST).c
LIBRARY ?= firesteel
ELF := $(OUT)/$(GUEST)/$(GUEST).elf
NATIVE := $(OUT)/$(GUEST)/$(GUEST)
ARCHIVE := $(OUT)/sdk/lib$(LIBRARY).a
CC_NATIVE ?= cc
NATIVE_SOURCES := $(SDK)/native.c $(SDK)/src/keccak256.c $(SDK)/src/sha256.c

elf: $(ELF)
native: $(NATIVE)

$(ARCHIVE): $(wildcard $(SDK)/src/* $(SDK)/include/*.h) $(SDK)/toolchain.mk
	$(MAKE) -C $(SDK) OUT=$(OUT)

$(ELF): $(GUESTS)/$(SOURCE) $(ARCHIVE) $(SDK)/firesteel.ld $(SDK)/guest.mk
	@mkdir -p $(@D)
	$(CC_GUEST) $(GUEST_FLAGS) $(PATH_FLAGS) $(INCLUDES) -c $< -o $(@D)/$(GUEST).o
	$(CC_GUEST) $(ARCH) $(LINK_FLAGS) -T $(SDK)/firesteel.ld $(@D)/$(GUEST).o $(ARCHIVE) -o $@

$(NATIVE): $(GUESTS)/$(SOURCE) $(NATIVE_SOURCES) $(wildcard $(SDK)/include/*.h)
	@mkdir -p $(@D)
	$(CC_NATIVE) -std=c11 -O2 -Wall -Wextra $(INCLUDES) -Dmain=guest_main $< $(NATIVE_SOURCES) -o $@

# What guests/build.sh writes to build.json.
describe:
	@echo 'compiler=$(notdir $(CC_GUEST)) '"$$($(CC_GUEST) -dumpfullversion)"
	@echo 'linker='"$$($(CC_GUEST) -Wl,--version 2>/dev/null | head -1)"
	@echo 'flags=$(GUEST_FLAGS)'
	@echo 'source=$(SOURCE)'
	@echo 'library=$(LIBRARY)'
	@echo 'link_flags=$(LINK_FLAGS)'

.PHONY: elf native describe
