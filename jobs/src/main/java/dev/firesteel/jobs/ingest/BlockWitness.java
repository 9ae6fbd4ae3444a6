package dev.firesteel.jobs.ingest;

import dev.firesteel.jobs.ingest.ethereum.Block;
import dev.firesteel.jobs.ingest.ethereum.Header;
import dev.firesteel.jobs.ingest.ethereum.Keccak;
import dev.firesteel.jobs.ingest.ethereum.Rlp;
import dev.firesteel.jobs.ingest.ethereum.RlpException;
import dev.firesteel.jobs.ingest.ethereum.StateTrie;
import java.util.ArrayList;
import java.util.List;

/**
 * A block with the state that executing it needs, in the form of {@code debug_executionWitness}.
 *
 * @param block the block as RLP
 * @param state trie nodes, any order
 * @param codes contract codes; may repeat
 * @param keys addresses (20 bytes) and storage slots (32 bytes) that were read
 * @param headers ancestors' headers as RLP, the parent's last
 */
record BlockWitness(byte[] block, List<byte[]> state, List<byte[]> codes, List<byte[]> keys, List<byte[]> headers) {

    /**
     * Checks what must hold before the block is worth executing (docs/witness.md, "Invariants").
     *
     * @return the decoded block
     * @throws Refused with the first invariant that does not hold
     */
    Block check(long number) throws Refused {
        Block decoded = decode("block", () -> Block.decode(block));
        Header header = decoded.header();
        if (header.number() != number) {
            throw new Refused("block_number", "the row's number is " + number + ", the header's " + header.number());
        }
        Header parent = parent(header);
        StateTrie trie = new StateTrie(state);
        if (!trie.contains(parent.stateRoot())) {
            throw new Refused(
                    "state_root_missing", "the parent's state root " + parent.stateRoot() + " is not among the nodes");
        }
        decode("state", () -> {
            trie.walk(parent.stateRoot());
            return null;
        });
        Keccak.Hash unreached = trie.unreached();
        if (unreached != null) {
            throw new Refused("unreachable_node", "node " + unreached + " is not reachable from the parent's state");
        }
        for (byte[] code : codes) {
            Keccak.Hash hash = Keccak.hash(code);
            if (!trie.codeHashes().contains(hash)) {
                throw new Refused("unknown_code", "code " + hash + " belongs to no account of the witness");
            }
        }
        for (byte[] key : keys) {
            if (key.length != 20 && key.length != 32) {
                throw new Refused("bad_key", "a key of " + key.length + " bytes, neither address nor slot");
            }
        }
        return decoded;
    }

    private Header parent(Header header) throws Refused {
        if (headers.isEmpty()) {
            throw new Refused("parent_missing", "no ancestor header");
        }
        List<Header> chain = new ArrayList<>();
        for (byte[] rlp : headers) {
            chain.add(decode("header", () -> Header.of(Rlp.decode(rlp))));
        }
        chain.add(header);
        for (int i = 1; i < chain.size(); i++) {
            Keccak.Hash wanted = chain.get(i).parentHash();
            Keccak.Hash found = chain.get(i - 1).hash();
            if (!wanted.equals(found)) {
                throw new Refused(
                        "parent_hash",
                        "block " + chain.get(i).number() + " names the parent " + wanted + ", the witness has "
                                + found);
            }
        }
        return chain.get(chain.size() - 2);
    }

    /** Bytes of all parts together. */
    long bytes() {
        long sum = block.length;
        for (List<byte[]> part : List.of(state, codes, keys, headers)) {
            sum += part.stream().mapToLong(b -> b.length).sum();
        }
        return sum;
    }

    private interface Decoding<T> {
        T get();
    }

    private static <T> T decode(String part, Decoding<T> decoding) throws Refused {
        try {
            return decoding.get();
        } catch (RlpException e) {
            throw new Refused("bad_rlp", part + ": " + e.getMessage());
        }
    }
}
