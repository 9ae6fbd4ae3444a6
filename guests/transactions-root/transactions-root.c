/*
 * Computes the transactions root of an Ethereum block and checks that the block's header names it.
 *
 * Input: a block as RLP, [header, transactions, uncles] or [header, transactions, uncles, withdrawals].
 * Output: transactions root (32) ‖ block hash (32), which is the keccak256 of the header's RLP.
 * Exit code 1, without output, if the RLP is malformed, if the header's fields have other sizes than a header's, or if
 * the header names another root; 2 if memory runs out.
 *
 * The root is that of the Merkle-Patricia trie (Yellow Paper, appendix D) from rlp(i) to transaction i. A legacy
 * transaction is a list and enters the trie as its RLP; a typed one (EIP-2718) is a string in the block's list and
 * enters as the string's content.
 */

#include "firesteel.h"
#include "zkvm_accelerators.h"
#include "zkvm_io.h"

#include <stdbool.h>

#define HASH 32u
/* More than any block needs: an access list in a legacy-form list would end at depth 6. */
#define MAX_NESTING 16u

/* ---- RLP, canonical and bounded ---- */

struct item {
    const uint8_t *start; /* of the header */
    size_t size;          /* with the header */
    const uint8_t *content;
    size_t length;
    bool is_list;
};

/* What is left of a list, or of the input. */
struct span {
    const uint8_t *next;
    size_t left;
};

/* The item at the front of `span`, which moves past it; false if it is malformed or longer than the span. */
static bool next_item(struct span *span, struct item *item) {
    const uint8_t *p = span->next;
    size_t left = span->left;
    if (left == 0) {
        return false;
    }
    uint8_t first = p[0];
    size_t header = 1;
    size_t length;
    item->is_list = first >= 0xC0;
    if (first < 0x80) { /* a byte that is its own encoding */
        header = 0;
        length = 1;
    } else {
        unsigned short_length = first - (item->is_list ? 0xC0u : 0x80u);
        if (short_length <= 55) {
            length = short_length;
        } else {
            size_t width = short_length - 55; /* 1..8 */
            if (width > left - 1 || p[1] == 0) {
                return false;
            }
            length = 0;
            for (size_t i = 1; i <= width; i++) {
                length = length << 8 | p[i];
            }
            if (length <= 55) {
                return false;
            }
            header = 1 + width;
        }
        if (length > left - header) {
            return false;
        }
        if (first == 0x81 && p[1] < 0x80) {
            return false;
        }
    }
    item->start = p;
    item->size = header + length;
    item->content = p + header;
    item->length = length;
    span->next = p + item->size;
    span->left = left - item->size;
    return true;
}

static struct span span_of(const struct item *list) {
    return (struct span){list->content, list->length};
}

static bool next_list(struct span *span, struct item *item) {
    return next_item(span, item) && item->is_list;
}

/* True if everything inside `item` is RLP too. */
static bool well_formed(const struct item *item, unsigned nesting) {
    if (!item->is_list) {
        return true;
    }
    if (nesting == 0) {
        return false;
    }
    struct span span = span_of(item);
    while (span.left > 0) {
        struct item inner;
        if (!next_item(&span, &inner) || !well_formed(&inner, nesting - 1)) {
            return false;
        }
    }
    return true;
}

/* Writes the header of a string (base 0x80) or list (base 0xC0); returns its size, at most 9. */
static size_t put_header(uint8_t *to, uint8_t base, size_t length) {
    if (length <= 55) {
        to[0] = (uint8_t)(base + length);
        return 1;
    }
    unsigned width = 0;
    for (size_t rest = length; rest > 0; rest >>= 8) {
        width++;
    }
    to[0] = (uint8_t)(base + 55 + width);
    for (unsigned i = 0; i < width; i++) {
        to[1 + i] = (uint8_t)(length >> 8 * (width - 1 - i));
    }
    return 1 + width;
}

/* Writes a string; returns its size. */
static size_t put_string(uint8_t *to, const uint8_t *bytes, size_t length) {
    if (length == 1 && bytes[0] < 0x80) {
        to[0] = bytes[0];
        return 1;
    }
    size_t header = put_header(to, 0x80, length);
    memcpy(to + header, bytes, length);
    return header + length;
}

/* ---- the trie ---- */

/* rlp(i) of an index below 2^64 has at most 9 bytes. */
#define MAX_NIBBLES 18u

struct entry {
    uint8_t nibbles[MAX_NIBBLES];
    uint8_t nibble_count;
    const uint8_t *value;
    size_t length;
};

/* How a parent names a node: the node's RLP if that is shorter than 32 bytes, else the RLP of its hash. */
struct reference {
    uint8_t bytes[1 + HASH];
    uint8_t size;
};

#define BRANCH_CHILDREN 16u
/* A branch: 16 references, the empty value, a list header of 3 bytes. */
#define MAX_BRANCH (3 + BRANCH_CHILDREN * (1 + HASH) + 1)

/* A leaf in the making: room for the longest value. */
static uint8_t *leaf_buffer;

static void refer(struct reference *reference, const uint8_t *node, size_t size) {
    if (size < HASH) {
        memcpy(reference->bytes, node, size);
        reference->size = (uint8_t)size;
        return;
    }
    zkvm_keccak256_hash hash;
    zkvm_keccak256(node, size, &hash);
    reference->bytes[0] = 0x80 + HASH;
    memcpy(reference->bytes + 1, hash.data, HASH);
    reference->size = 1 + HASH;
}

/* The hex-prefix encoding of a path, as RLP; returns its size, at most 2 + MAX_NIBBLES / 2. */
static size_t put_path(uint8_t *to, const uint8_t *nibbles, size_t count, bool leaf) {
    uint8_t path[1 + MAX_NIBBLES / 2];
    size_t odd = count & 1;
    path[0] = (uint8_t)((leaf ? 0x20 : 0) | (odd ? 0x10 | nibbles[0] : 0));
    for (size_t i = odd; i < count; i += 2) {
        path[1 + i / 2] = (uint8_t)(nibbles[i] << 4 | nibbles[i + 1]);
    }
    return put_string(to, path, 1 + count / 2);
}

/* Moves the content of a list, which was written `room` bytes into `buffer`, behind its header. Returns the list's start. */
static uint8_t *close_list(uint8_t *buffer, size_t room, size_t length, size_t *size) {
    uint8_t header[9];
    size_t header_size = put_header(header, 0xC0, length);
    uint8_t *start = buffer + room - header_size;
    memcpy(start, header, header_size);
    *size = header_size + length;
    return start;
}

#define ROOM 16u /* for a list's header; a multiple of 8 */

__attribute__((noinline)) static void leaf(struct reference *reference, const struct entry *entry, size_t depth) {
    size_t length = put_path(leaf_buffer + ROOM, entry->nibbles + depth, entry->nibble_count - depth, true);
    length += put_string(leaf_buffer + ROOM + length, entry->value, entry->length);
    size_t size;
    const uint8_t *node = close_list(leaf_buffer, ROOM, length, &size);
    refer(reference, node, size);
}

static void subtree(struct reference *reference, const struct entry *entries, size_t count, size_t depth);

static void branch(struct reference *reference, const struct entry *entries, size_t count, size_t depth) {
    uint8_t buffer[ROOM + MAX_BRANCH];
    size_t length = 0;
    size_t first = 0;
    for (uint8_t nibble = 0; nibble < BRANCH_CHILDREN; nibble++) {
        size_t last = first;
        while (last < count && entries[last].nibbles[depth] == nibble) {
            last++;
        }
        struct reference child = {{0x80}, 1};
        if (last > first) {
            subtree(&child, entries + first, last - first, depth + 1);
        }
        memcpy(buffer + ROOM + length, child.bytes, child.size);
        length += child.size;
        first = last;
    }
    buffer[ROOM + length++] = 0x80; /* no key is a prefix of another, so no branch has a value */
    size_t size;
    const uint8_t *node = close_list(buffer, ROOM, length, &size);
    refer(reference, node, size);
}

/* The subtree of `count` entries, at least one, in ascending order, that share their first `depth` nibbles. */
static void subtree(struct reference *reference, const struct entry *entries, size_t count, size_t depth) {
    if (count == 1) {
        leaf(reference, entries, depth);
        return;
    }
    const uint8_t *low = entries[0].nibbles;
    const uint8_t *high = entries[count - 1].nibbles;
    size_t fork = depth;
    while (low[fork] == high[fork]) {
        fork++;
    }
    if (fork == depth) {
        branch(reference, entries, count, depth);
        return;
    }
    struct reference below;
    branch(&below, entries, count, fork);
    uint8_t buffer[ROOM + 2 + MAX_NIBBLES / 2 + sizeof below.bytes];
    size_t length = put_path(buffer + ROOM, low + depth, fork - depth, false);
    memcpy(buffer + ROOM + length, below.bytes, below.size);
    length += below.size;
    size_t size;
    const uint8_t *node = close_list(buffer, ROOM, length, &size);
    refer(reference, node, size);
}

/* The root's hash: unlike every other node, the root is hashed however short it is. */
static void trie_root(zkvm_keccak256_hash *root, const struct entry *entries, size_t count) {
    static const uint8_t EMPTY = 0x80;
    if (count == 0) {
        zkvm_keccak256(&EMPTY, 1, root);
        return;
    }
    struct reference reference;
    subtree(&reference, entries, count, 0);
    if (reference.size == 1 + HASH) {
        memcpy(root->data, reference.bytes + 1, HASH);
    } else {
        zkvm_keccak256(reference.bytes, reference.size, root);
    }
}

/* ---- the block ---- */

static void set_key(struct entry *entry, uint64_t index) {
    uint8_t big_endian[8];
    size_t width = 0;
    for (uint64_t rest = index; rest > 0; rest >>= 8) {
        width++;
    }
    for (size_t i = 0; i < width; i++) {
        big_endian[i] = (uint8_t)(index >> 8 * (width - 1 - i));
    }
    uint8_t key[9];
    size_t size = put_string(key, big_endian, width); /* index 0 is the empty string */
    for (size_t i = 0; i < size; i++) {
        entry->nibbles[2 * i] = key[i] >> 4;
        entry->nibbles[2 * i + 1] = key[i] & 15;
    }
    entry->nibble_count = (uint8_t)(2 * size);
}

/* What the trie holds for a transaction; false if it is neither a list nor a string that starts with a type. */
static bool set_value(struct entry *entry, const struct item *transaction) {
    if (transaction->is_list) {
        entry->value = transaction->start;
        entry->length = transaction->size;
        return true;
    }
    entry->value = transaction->content;
    entry->length = transaction->length;
    return transaction->length > 0 && transaction->content[0] < 0x80;
}

/*
 * Where transaction i stands when the keys are in ascending order: rlp(0) is 0x80, which comes after the single bytes
 * of 1 to 127 and before the longer encodings of 128 and above.
 */
static size_t position(size_t index, size_t count) {
    if (index == 0) {
        return (count < 128 ? count : 128) - 1;
    }
    return index < 128 ? index - 1 : index;
}

static bool transactions_root(zkvm_keccak256_hash *root, const struct item *transactions) {
    struct item transaction;
    size_t count = 0;
    for (struct span span = span_of(transactions); span.left > 0; count++) {
        if (!next_item(&span, &transaction)) {
            return false;
        }
    }
    struct entry *entries = malloc(count * sizeof *entries);
    leaf_buffer = malloc(ROOM + 2 + MAX_NIBBLES / 2 + 9 + transactions->length);
    if (leaf_buffer == NULL || (entries == NULL && count > 0)) {
        firesteel_halt(2);
    }
    struct span span = span_of(transactions);
    for (size_t i = 0; i < count; i++) {
        struct entry *entry = &entries[position(i, count)];
        if (!next_item(&span, &transaction) || !set_value(entry, &transaction)) {
            return false;
        }
        set_key(entry, i);
    }
    trie_root(root, entries, count);
    return true;
}

/* The fields of a header whose sizes are fixed, from its start; the other fields follow. */
static const uint16_t FIELD_SIZES[] = {32, 32, 20, 32, 32, 32, 256};
#define FIXED_FIELDS (sizeof FIELD_SIZES / sizeof FIELD_SIZES[0])
#define TRANSACTIONS_ROOT_FIELD 4u
#define MIN_FIELDS 15u

/* The header's transactions root, or null if this is no header. */
static const uint8_t *root_in_header(const struct item *header) {
    const uint8_t *root = NULL;
    struct span span = span_of(header);
    size_t fields = 0;
    for (; span.left > 0; fields++) {
        struct item field;
        if (!next_item(&span, &field) || field.is_list) {
            return NULL;
        }
        if (fields < FIXED_FIELDS && field.length != FIELD_SIZES[fields]) {
            return NULL;
        }
        if (fields == TRANSACTIONS_ROOT_FIELD) {
            root = field.content;
        }
    }
    return fields >= MIN_FIELDS ? root : NULL;
}

int main(void) {
    struct span input;
    read_input(&input.next, &input.left);

    struct item block;
    struct item header;
    struct item transactions;
    struct item uncles;
    if (!next_list(&input, &block) || input.left != 0 || !well_formed(&block, MAX_NESTING)) {
        return 1;
    }
    struct span parts = span_of(&block);
    if (!next_list(&parts, &header) || !next_list(&parts, &transactions) || !next_list(&parts, &uncles)) {
        return 1;
    }
    if (parts.left > 0) {
        struct item withdrawals;
        if (!next_list(&parts, &withdrawals) || parts.left != 0) {
            return 1;
        }
    }
    const uint8_t *expected = root_in_header(&header);
    zkvm_keccak256_hash root;
    if (expected == NULL || !transactions_root(&root, &transactions) || memcmp(root.data, expected, HASH) != 0) {
        return 1;
    }

    zkvm_keccak256_hash block_hash;
    zkvm_keccak256(header.start, header.size, &block_hash);
    write_output(root.data, HASH);
    write_output(block_hash.data, HASH);
    return 0;
}
