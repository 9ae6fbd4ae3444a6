package dev.firesteel.jobs.ingest.ethereum;

import java.util.List;

/**
 * What is needed of a block header (Yellow Paper, 4.4; later fields come behind the ones read here).
 *
 * @param hash Keccak-256 of the header's RLP
 * @param parentHash hash of the parent's header
 * @param stateRoot root of the state trie after the block
 * @param transactionsRoot root of the trie of the block's transactions
 * @param number the block's number
 * @param gasUsed gas that its transactions used
 */
public record Header(
        Keccak.Hash hash,
        Keccak.Hash parentHash,
        Keccak.Hash stateRoot,
        Keccak.Hash transactionsRoot,
        long number,
        long gasUsed) {
    private static final int MIN_FIELDS = 15;

    /** Reads a header; throws {@link RlpException} naming what is not one. */
    public static Header of(Rlp rlp) {
        List<Rlp> fields = rlp.items();
        if (fields.size() < MIN_FIELDS) {
            throw new RlpException("a header of " + fields.size() + " fields, at least " + MIN_FIELDS + " wanted");
        }
        return new Header(
                Keccak.hash(rlp.encoded()),
                fields.get(0).hash(),
                fields.get(3).hash(),
                fields.get(4).hash(),
                fields.get(8).longNumber(),
                fields.get(10).longNumber());
    }
}
