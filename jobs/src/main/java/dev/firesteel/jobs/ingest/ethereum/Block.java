package dev.firesteel.jobs.ingest.ethereum;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is needed of a block.
 *
 * @param header its header
 * @param transactionCount how many transactions it has
 * @param chainId the chain that its transactions name; null when none names one
 */
public record Block(Header header, int transactionCount, Long chainId) {

    /** Reads {@code [header, transactions, uncles, …]}; throws {@link RlpException} naming what is not a block. */
    public static Block decode(byte[] rlp) {
        List<Rlp> parts = Rlp.decode(rlp).items();
        if (parts.size() < 3) {
            throw new RlpException("a block of " + parts.size() + " parts, at least 3 wanted");
        }
        List<Rlp> transactions = parts.get(1).items();
        Set<Long> chains = new TreeSet<>();
        for (Rlp transaction : transactions) {
            Long chain = chainId(transaction);
            if (chain != null) {
                chains.add(chain);
            }
        }
        if (chains.size() > 1) {
            throw new RlpException("the block's transactions name several chains: " + chains);
        }
        return new Block(
                Header.of(parts.get(0)),
                transactions.size(),
                chains.isEmpty() ? null : chains.iterator().next());
    }

    /** The chain of a typed transaction (EIP-2718: its first field) or of a legacy one (EIP-155: in v); null if none. */
    private static Long chainId(Rlp transaction) {
        if (!transaction.isList()) {
            byte[] envelope = transaction.string();
            if (envelope.length < 2) {
                throw new RlpException("a typed transaction of " + envelope.length + " bytes");
            }
            byte[] body = java.util.Arrays.copyOfRange(envelope, 1, envelope.length);
            List<Rlp> fields = Rlp.decode(body).items();
            return fields.isEmpty() ? null : fields.get(0).longNumber();
        }
        List<Rlp> fields = transaction.items();
        if (fields.size() != 9) {
            throw new RlpException("a legacy transaction of " + fields.size() + " fields instead of 9");
        }
        BigInteger v = fields.get(6).number();
        BigInteger chain = v.subtract(BigInteger.valueOf(35)).shiftRight(1);
        return chain.signum() <= 0 || chain.bitLength() > 63 ? null : chain.longValue();
    }
}
