package dev.firesteel.jobs.ingest.ethereum;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An item of recursive-length-prefix data (Yellow Paper, appendix B): a string or a list. Only the canonical encoding is
 * read: shortest length form, no byte left over. Items are views into the bytes they were read from.
 */
public final class Rlp {
    private final byte[] data;
    private final int start;
    private final int payload;
    private final int end;
    private final boolean list;

    private Rlp(byte[] data, int start, int payload, int end, boolean list) {
        this.data = data;
        this.start = start;
        this.payload = payload;
        this.end = end;
        this.list = list;
    }

    /** The one item that {@code data} consists of; throws {@link RlpException} on anything else. */
    public static Rlp decode(byte[] data) {
        Rlp item = read(data, 0, data.length);
        if (item.end != data.length) {
            throw new RlpException((data.length - item.end) + " bytes after the RLP item");
        }
        return item;
    }

    private static Rlp read(byte[] data, int at, int limit) {
        if (at >= limit) {
            throw new RlpException("RLP ends at byte " + at + " where an item should begin");
        }
        int first = data[at] & 0xff;
        if (first < 0x80) {
            return new Rlp(data, at, at, at + 1, false);
        }
        boolean list = first >= 0xc0;
        int tag = first - (list ? 0xc0 : 0x80);
        long length = tag;
        int payload = at + 1;
        if (tag > 55) {
            int width = tag - 55;
            length = 0;
            if (width > 4 || width > limit - payload) {
                throw new RlpException("RLP length field at byte " + at + " leaves the data");
            }
            for (int i = 0; i < width; i++) {
                length = length << 8 | data[payload + i] & 0xff;
            }
            if (data[payload] == 0 || length < 56) {
                throw new RlpException("RLP length at byte " + at + " is not in its shortest form");
            }
            payload += width;
        }
        if (length > limit - payload) {
            throw new RlpException(
                    "RLP item at byte " + at + " wants " + length + " bytes, " + (limit - payload) + " are left");
        }
        if (!list && length == 1 && (data[payload] & 0xff) < 0x80) {
            throw new RlpException("RLP byte at " + at + " is not in its shortest form");
        }
        return new Rlp(data, at, payload, payload + (int) length, list);
    }

    public boolean isList() {
        return list;
    }

    /** The items of a list; throws {@link RlpException} when this is a string. */
    public List<Rlp> items() {
        if (!list) {
            throw new RlpException("a string at byte " + start + " where a list should be");
        }
        List<Rlp> items = new ArrayList<>();
        for (int at = payload; at < end; ) {
            Rlp item = read(data, at, end);
            items.add(item);
            at = item.end;
        }
        return items;
    }

    /** The content of a string, copied; throws {@link RlpException} when this is a list. */
    public byte[] string() {
        if (list) {
            throw new RlpException("a list at byte " + start + " where a string should be");
        }
        return Arrays.copyOfRange(data, payload, end);
    }

    /** The whole encoding of this item, copied. */
    public byte[] encoded() {
        return Arrays.copyOfRange(data, start, end);
    }

    /** The unsigned number that a string holds; throws {@link RlpException} when it has leading zeros. */
    public BigInteger number() {
        byte[] bytes = string();
        if (bytes.length > 0 && bytes[0] == 0) {
            throw new RlpException("a number at byte " + start + " with leading zeros");
        }
        return new BigInteger(1, bytes);
    }

    /** A number below 2⁶³; throws {@link RlpException} when it is larger. */
    public long longNumber() {
        BigInteger number = number();
        if (number.bitLength() > 63) {
            throw new RlpException("a number at byte " + start + " of " + number.bitLength() + " bits");
        }
        return number.longValue();
    }

    /** A string of 32 bytes. */
    public Keccak.Hash hash() {
        return new Keccak.Hash(string());
    }
}
