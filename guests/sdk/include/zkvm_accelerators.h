/*
 * Cryptographic functions of the zkVM accelerator interface (eth-act/zkvm-standards, c-interface-accelerators).
 *
 * Declared here is what libfiresteel.a implements today: keccak256 and sha256, which call the machine's accelerators
 * for Keccak-f[1600] and SHA-256's compression. libfiresteel-software.a (in a guest's Makefile, LIBRARY :=
 * firesteel-software) computes the same by ordinary instructions, for comparison and for machines without them. The
 * rest of the standard (ripemd160, secp256k1, secp256r1, modexp, bn254, blake2f, KZG point evaluation, BLS12-381) is
 * to come.
 *
 * A pointer must be valid; a null one traps. `data` may be anything when `len` is 0. `output` may overlap `data`.
 */
#ifndef ZKVM_ACCELERATORS_H
#define ZKVM_ACCELERATORS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { ZKVM_EOK = 0, ZKVM_EFAIL = -1 } zkvm_status;

/* Results are 8-aligned so that they can be read as words. */
typedef struct {
#ifdef __cplusplus
    alignas(8) uint8_t data[32];
#else
    _Alignas(8) uint8_t data[32];
#endif
} zkvm_bytes_32;

typedef zkvm_bytes_32 zkvm_keccak256_hash;
typedef zkvm_bytes_32 zkvm_sha256_hash;

/* Keccak-256 as Ethereum uses it: Keccak[c=512] with the original padding 0x01, not SHA3-256. Returns ZKVM_EOK. */
zkvm_status zkvm_keccak256(const uint8_t *data, size_t len, zkvm_keccak256_hash *output);

/* SHA-256 (FIPS 180-4). Returns ZKVM_EOK. */
zkvm_status zkvm_sha256(const uint8_t *data, size_t len, zkvm_sha256_hash *output);

#ifdef __cplusplus
}
#endif

#endif
