/* The headers are C++ too. */
#include "firesteel.h"
#include "firesteel_bytes.h"
#include "zkvm_accelerators.h"
#include "zkvm_io.h"

static_assert(sizeof(zkvm_keccak256_hash) == 32 && alignof(zkvm_keccak256_hash) == 8, "as the standard has it");
