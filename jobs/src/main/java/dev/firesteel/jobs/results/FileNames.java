package dev.firesteel.jobs.results;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;

/**
 * File names of results. The name of a file is the name of its result and {@code .json}; a name that a file system cannot
 * hold is escaped: {@code %~} and then every byte that is not plain as {@code %XX}. A name that starts with {@code %~} is
 * escaped too, so that unescaping is exact. A name that is too long even so keeps its start and the digest of the whole; the
 * file itself tells it in full.
 */
final class FileNames {
    /** What every result file's name ends with. */
    static final String SUFFIX = ".json";

    /** Longest file name that common file systems hold, bytes. */
    static final int MAX_BYTES = 255;

    private static final String MARK = "%~";
    private static final int DIGEST_CHARS = 32;

    /** Files of these names tell of other files. */
    private static final Set<String> RESERVED = Set.of("hardware", "run-metadata");

    private FileNames() {}

    /** The name of the file for the result {@code name}. */
    static String fileName(String name) {
        return escaped(name, SUFFIX, holdable(name));
    }

    /** {@code name} as the name of a folder: itself unless no file system could hold it, or it would lead elsewhere. */
    static String folder(String name) {
        return escaped(
                name,
                "",
                !name.isEmpty()
                        && !name.equals(".")
                        && !name.equals("..")
                        && name.indexOf('/') < 0
                        && name.indexOf('\0') < 0);
    }

    private static String escaped(String name, String suffix, boolean holdable) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int room = MAX_BYTES - suffix.length();
        if (bytes.length <= room && holdable) {
            return name + suffix;
        }
        StringBuilder out = new StringBuilder(MARK);
        for (byte b : bytes) {
            boolean plain = b > ' ' && b < 0x7f && b != '/' && b != '%' && b != '\\' && b != '~';
            out.append(
                    plain
                            ? String.valueOf((char) b)
                            : "%" + HexFormat.of().withUpperCase().toHexDigits(b));
        }
        if (out.length() <= room) {
            return out + suffix;
        }
        String digest = Strings.sha256(bytes).substring(0, DIGEST_CHARS);
        return out.substring(0, room - DIGEST_CHARS - 1) + "~" + digest + suffix;
    }

    /** The name that {@code stem}, a file's name without {@code .json}, stands for. */
    static String unescaped(String stem) {
        if (!stem.startsWith(MARK) || stem.indexOf('~', MARK.length()) >= 0) {
            return stem;
        }
        byte[] out = new byte[stem.length()];
        int n = 0;
        for (int i = MARK.length(); i < stem.length(); i++) {
            char c = stem.charAt(i);
            if (c == '%' && i + 2 < stem.length() && hex(stem.charAt(i + 1)) && hex(stem.charAt(i + 2))) {
                out[n++] = (byte) HexFormat.fromHexDigits(stem, i + 1, i + 3);
                i += 2;
            } else if (c == '%' || c >= 0x7f) {
                return stem;
            } else {
                out[n++] = (byte) c;
            }
        }
        return new String(out, 0, n, StandardCharsets.UTF_8);
    }

    private static boolean hex(char c) {
        return HexFormat.isHexDigit(c);
    }

    private static boolean holdable(String name) {
        return !name.isEmpty()
                && !name.startsWith(MARK)
                && !name.equals(".")
                && !name.equals("..")
                && !RESERVED.contains(name)
                && name.chars().allMatch(c -> c >= ' ' && c != '/' && c != 0x7f);
    }
}
