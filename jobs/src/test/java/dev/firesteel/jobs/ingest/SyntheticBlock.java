package dev.firesteel.jobs.ingest;

import dev.firesteel.jobs.ingest.ethereum.Keccak;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * A small block with a witness that keeps every invariant: one contract account with one storage slot, one legacy
 * transaction of chain 7, one ancestor header. Its parts can be changed before they are written.
 */
final class SyntheticBlock {
    final List<byte[]> state = new ArrayList<>();
    final List<byte[]> codes = new ArrayList<>();
    final List<byte[]> keys = new ArrayList<>();
    final List<byte[]> headers = new ArrayList<>();
    byte[] block;
    byte[] transactionsRoot = filled(32, 9);
    byte[] header;
    final long number;

    SyntheticBlock(long number) {
        this.number = number;
        byte[] code = {0x60, 0x00};
        byte[] slotLeaf = list(string(path(1)), string(string(new byte[] {5})));
        byte[] account = list(
                string(new byte[] {1}),
                string(new byte[0]),
                string(Keccak.hash(slotLeaf).bytes()),
                string(Keccak.hash(code).bytes()));
        byte[] accountLeaf = list(string(path(2)), string(account));
        List<byte[]> children = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            children.add(string(i == 3 ? Keccak.hash(accountLeaf).bytes() : new byte[0]));
        }
        byte[] root = list(children.toArray(byte[][]::new));
        state.addAll(List.of(root, accountLeaf, slotLeaf));
        codes.add(code);
        keys.addAll(List.of(filled(20, 1), filled(32, 2)));
        byte[] parent = header(filled(32, 4), Keccak.hash(root).bytes(), number - 1, 0);
        headers.add(parent);
        header = header(Keccak.hash(parent).bytes(), filled(32, 8), number, 21000);
        // v = 35 + 2 × 7: chain 7 (EIP-155).
        byte[] transaction = list(
                string(new byte[0]),
                string(new byte[] {1}),
                string(new byte[] {(byte) 0x52, 8}),
                string(filled(20, 3)),
                string(new byte[0]),
                string(new byte[0]),
                string(new byte[] {49}),
                string(filled(32, 1)),
                string(filled(32, 1)));
        block = list(header, list(transaction), list());
    }

    private byte[] header(byte[] parentHash, byte[] stateRoot, long headerNumber, long gasUsed) {
        return list(
                string(parentHash),
                string(filled(32, 1)),
                string(filled(20, 0)),
                string(stateRoot),
                string(transactionsRoot),
                string(filled(32, 1)),
                string(filled(256, 0)),
                string(new byte[0]),
                number(headerNumber),
                number(30_000_000),
                number(gasUsed),
                number(1000 + headerNumber),
                string(new byte[0]),
                string(filled(32, 0)),
                string(filled(8, 0)));
    }

    BlockWitness witness() {
        return new BlockWitness(block, state, codes, keys, headers);
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        add(rows, "block", List.of(block));
        add(rows, "state", state);
        add(rows, "code", codes);
        add(rows, "key", keys);
        add(rows, "header", headers);
        return rows;
    }

    private void add(List<Row> rows, String kind, List<byte[]> parts) {
        for (int i = 0; i < parts.size(); i++) {
            rows.add(RowFactory.create(number, kind, i, parts.get(i)));
        }
    }

    /** Writes the rows of {@code blocks} as one Parquet file and returns it. */
    static Path write(SparkSession spark, Path folder, SyntheticBlock... blocks) throws Exception {
        List<Row> rows = Arrays.stream(blocks).flatMap(b -> b.rows().stream()).toList();
        return Parquet.write(spark.createDataFrame(rows, BlockSource.SCHEMA), folder, "blocks.parquet");
    }

    static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** The hex-prefix encoding of a leaf's path of 62 nibbles. */
    private static byte[] path(int fill) {
        byte[] path = filled(32, fill);
        path[0] = 0x20;
        return path;
    }

    static byte[] number(long value) {
        byte[] bytes = BigInteger.valueOf(value).toByteArray();
        return string(value == 0 ? new byte[0] : bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    static byte[] string(byte[] content) {
        return content.length == 1 && content[0] >= 0 ? content : prefixed(0x80, content);
    }

    static byte[] list(byte[]... items) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] item : items) {
            content.writeBytes(item);
        }
        return prefixed(0xc0, content.toByteArray());
    }

    private static byte[] prefixed(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (content.length < 56) {
            out.write(tag + content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int skip = length[0] == 0 ? 1 : 0;
            out.write(tag + 55 + length.length - skip);
            out.write(length, skip, length.length - skip);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
