package dev.firesteel.jobs.ingest.ethereum;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of a state that a witness holds: Merkle-Patricia nodes (Yellow Paper, appendix D) by hash. Walks what can be
 * reached from a state root, through the accounts into their storage tries.
 */
public final class StateTrie {
    /** Nodes deeper than the longest path (64 nibbles) are refused: embedded nodes cannot nest further. */
    private static final int MAX_DEPTH = 66;

    private final Map<Keccak.Hash, byte[]> nodes = new LinkedHashMap<>();
    private final Set<Keccak.Hash> reachedState = new HashSet<>();
    private final Set<Keccak.Hash> reachedStorage = new HashSet<>();
    private final Set<Keccak.Hash> codeHashes = new HashSet<>();
    private final Deque<Visit> open = new ArrayDeque<>();

    private record Visit(Keccak.Hash hash, boolean storage) {}

    /** The trie of {@code encodedNodes}, in any order; repeated ones count once. */
    public StateTrie(Collection<byte[]> encodedNodes) {
        encodedNodes.forEach(n -> nodes.put(Keccak.hash(n), n));
    }

    public boolean contains(Keccak.Hash hash) {
        return nodes.containsKey(hash);
    }

    /**
     * Walks from {@code stateRoot}; nodes that the witness does not hold end a path. Throws {@link RlpException} when a
     * node that is reached is not a node.
     */
    public void walk(Keccak.Hash stateRoot) {
        push(stateRoot, false);
        while (!open.isEmpty()) {
            Visit visit = open.pop();
            node(Rlp.decode(nodes.get(visit.hash)), visit.storage, 0);
        }
    }

    /** A node that {@link #walk} did not reach, or null when it reached all. */
    public Keccak.Hash unreached() {
        return nodes.keySet().stream()
                .filter(h -> !reachedState.contains(h) && !reachedStorage.contains(h))
                .findFirst()
                .orElse(null);
    }

    /** The code hashes of the accounts that {@link #walk} reached. */
    public Set<Keccak.Hash> codeHashes() {
        return codeHashes;
    }

    private void push(Keccak.Hash hash, boolean storage) {
        if (nodes.containsKey(hash) && (storage ? reachedStorage : reachedState).add(hash)) {
            open.push(new Visit(hash, storage));
        }
    }

    private void node(Rlp node, boolean storage, int depth) {
        if (depth > MAX_DEPTH) {
            throw new RlpException("a trie node nests deeper than a path is long");
        }
        if (!node.isList() && node.string().length == 0) {
            // The empty trie is a node too: witnesses hold it for accounts without storage.
            return;
        }
        List<Rlp> items = node.items();
        if (items.size() == 17) {
            items.subList(0, 16).forEach(child -> child(child, storage, depth));
            if (items.get(16).string().length > 0) {
                value(items.get(16), storage);
            }
        } else if (items.size() == 2) {
            byte[] path = items.get(0).string();
            if (path.length == 0 || (path[0] & 0xff) >>> 4 > 3) {
                throw new RlpException("a trie path without a valid prefix");
            }
            boolean leaf = (path[0] & 0x20) != 0;
            if (leaf) {
                value(items.get(1), storage);
            } else {
                child(items.get(1), storage, depth);
            }
        } else {
            throw new RlpException("a trie node of " + items.size() + " items");
        }
    }

    private void child(Rlp child, boolean storage, int depth) {
        if (child.isList()) {
            node(child, storage, depth + 1);
            return;
        }
        byte[] reference = child.string();
        if (reference.length == 32) {
            push(new Keccak.Hash(reference), storage);
        } else if (reference.length != 0) {
            throw new RlpException("a reference to a trie node of " + reference.length + " bytes");
        }
    }

    private void value(Rlp value, boolean storage) {
        if (storage) {
            return;
        }
        List<Rlp> account = Rlp.decode(value.string()).items();
        if (account.size() != 4) {
            throw new RlpException("an account of " + account.size() + " fields instead of 4");
        }
        push(account.get(2).hash(), true);
        codeHashes.add(account.get(3).hash());
    }
}
