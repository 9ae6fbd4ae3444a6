package dev.firesteel.request;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What tells one build of this library from another: a digest of its classes. Unlike the version that a build has from its commit, it also tells apart what is built
 * again and again from a tree that is being changed.
 */
final class CodeDigest {
    private static final String CLASSES = "dev/firesteel/";

    private CodeDigest() {}

    private static final class Holder {
        static final String CURRENT = of(CodeDigest.class);
    }

    /** 64 hexadecimal digits; null when the classes are neither in a folder nor in a jar. */
    static String current() {
        return Holder.CURRENT;
    }

    private static String of(Class<?> someClass) {
        CodeSource source = someClass.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return null;
        }
        try {
            Path place = Path.of(source.getLocation().toURI());
            return Files.isDirectory(place) ? ofFolder(place) : ofJar(place);
        } catch (IOException | URISyntaxException | RuntimeException e) {
            return null;
        }
    }

    private static String ofFolder(Path folder) throws IOException {
        MessageDigest digest = sha256();
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder.resolve(CLASSES))) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            add(digest, folder.relativize(file) + " " + bytes.length);
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The checksums of a jar's directory do: nobody makes two builds with the same ones on purpose. */
    private static String ofJar(Path jar) throws IOException {
        MessageDigest digest = sha256();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .filter(entry -> entry.getName().startsWith(CLASSES))
                    .map(CodeDigest::line)
                    .sorted()
                    .forEach(line -> add(digest, line));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String line(ZipEntry entry) {
        return entry.getName() + " " + entry.getSize() + " " + entry.getCrc();
    }

    private static void add(MessageDigest digest, String line) {
        digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
