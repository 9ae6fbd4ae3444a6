package dev.firesteel.jobs.results;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a POSIX tar archive (ustar with pax headers for paths that ustar cannot hold); the same files give the same bytes. */
final class TarWriter implements AutoCloseable {
    private static final int USTAR_PATH = 100;
    private static final int MODE = 0644;

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out, 1 << 20);
    }

    /** Adds one file; {@code path} is separated by {@code /}. */
    void add(String path, byte[] content) throws IOException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        boolean plain = name.length <= USTAR_PATH && name.length == path.length();
        if (!plain) {
            byte[] record = paxRecord(name);
            header("pax-header".getBytes(StandardCharsets.UTF_8), record.length, 'x');
            padded(record);
        }
        header(plain ? name : "pax-path".getBytes(StandardCharsets.UTF_8), content.length, '0');
        padded(content);
    }

    /** {@code <length> path=<path>\n}; the length counts its own digits. */
    private static byte[] paxRecord(byte[] path) {
        int rest = " path=\n".length() + path.length;
        int length = rest + 1;
        while (length != rest + Integer.toString(length).length()) {
            length = rest + Integer.toString(length).length();
        }
        byte[] start = (length + " path=").getBytes(StandardCharsets.UTF_8);
        byte[] record = Arrays.copyOf(start, length);
        System.arraycopy(path, 0, record, start.length, path.length);
        record[length - 1] = '\n';
        return record;
    }

    private void header(byte[] name, long size, char type) throws IOException {
        byte[] header = new byte[TarReader.BLOCK];
        System.arraycopy(name, 0, header, 0, name.length);
        octal(header, 100, 8, MODE);
        octal(header, 108, 8, 0);
        octal(header, 116, 8, 0);
        octal(header, 124, 12, size);
        octal(header, 136, 12, 0);
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        byte[] magic = "ustar\00000".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(magic, 0, header, 257, magic.length);
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        octal(header, 148, 7, sum);
        out.write(header);
    }

    private static void octal(byte[] header, int from, int width, long value) {
        String digits = Long.toOctalString(value);
        Arrays.fill(header, from, from + width - 1, (byte) '0');
        byte[] ascii = digits.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(ascii, 0, header, from + width - 1 - ascii.length, ascii.length);
        header[from + width - 1] = 0;
    }

    private void padded(byte[] content) throws IOException {
        out.write(content);
        out.write(new byte[(int) (TarReader.padded(content.length) - content.length)]);
    }

    /** Ends the archive. */
    @Override
    public void close() throws IOException {
        out.write(new byte[2 * TarReader.BLOCK]);
        out.close();
    }
}
