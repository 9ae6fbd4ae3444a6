/*
 * Verifies a batch of updates of one binary Merkle tree, each against the root that the one before it left.
 *
 * Input, numbers little-endian:
 *   initial root (32), u64 depth (at most 63), u64 N, then N updates of
 *   u64 leaf index, old leaf (32), new leaf (32), `depth` siblings (32 each) from the leaf's upwards.
 * A node is keccak256(left ‖ right); a leaf stands for itself; bit i of the index says whether the path's node at
 * height i is a right child.
 * Output: initial root ‖ final root ‖ u64 N.
 * Exit code 1, without output, if the input's length is not exactly that, an index has bits beyond the depth, or an
 * old leaf is not in the tree.
 */

#include "firesteel.h"
#include "firesteel_bytes.h"
#include "zkvm_accelerators.h"
#include "zkvm_io.h"

#define NODE 32u
#define FIXED (NODE + 8 + 8)
#define MAX_DEPTH 63u

/* The root that `leaf` at `index` leads to. */
__attribute__((noinline)) static void root_of(zkvm_keccak256_hash *root, const uint8_t *leaf, uint64_t index,
                                              const uint8_t *siblings, uint64_t depth) {
    _Alignas(8) uint8_t pair[2 * NODE];
    memcpy(root->data, leaf, NODE);
    for (uint64_t height = 0; height < depth; height++) {
        unsigned right = index >> height & 1;
        memcpy(pair + (right ? NODE : 0), root->data, NODE);
        memcpy(pair + (right ? 0 : NODE), siblings + height * NODE, NODE);
        zkvm_keccak256(pair, sizeof pair, root);
    }
}

int main(void) {
    const uint8_t *input;
    size_t size;
    read_input(&input, &size);
    if (size < FIXED) {
        return 1;
    }
    uint64_t depth = load64le(input + NODE);
    uint64_t updates = load64le(input + NODE + 8);
    if (depth > MAX_DEPTH) {
        return 1;
    }
    size_t update_size = 8 + 2 * NODE + depth * NODE;
    if ((size - FIXED) % update_size != 0 || (size - FIXED) / update_size != updates) {
        return 1;
    }

    zkvm_keccak256_hash running;
    memcpy(running.data, input, NODE);
    const uint8_t *update = input + FIXED;
    for (uint64_t i = 0; i < updates; i++, update += update_size) {
        uint64_t index = load64le(update);
        const uint8_t *old_leaf = update + 8;
        const uint8_t *new_leaf = old_leaf + NODE;
        const uint8_t *siblings = new_leaf + NODE;
        zkvm_keccak256_hash before;
        if (index >> depth != 0) {
            return 1;
        }
        root_of(&before, old_leaf, index, siblings, depth);
        if (memcmp(before.data, running.data, NODE) != 0) {
            return 1;
        }
        root_of(&running, new_leaf, index, siblings, depth);
    }

    uint8_t count[8];
    store64le(count, updates);
    write_output(input, NODE);
    write_output(running.data, NODE);
    write_output(count, sizeof count);
    return 0;
}
