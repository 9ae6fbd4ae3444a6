package dev.firesteel.jobs.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build: Maven version, and the commit where the build knew it. */
public final class CodeVersion {
    private static final String CURRENT = read();

    private CodeVersion() {}

    /** Such as {@code 0.1.0-SNAPSHOT+3f2a9c1} or, from a changed tree, {@code 0.1.0-SNAPSHOT+3f2a9c1-dirty}. */
    public static String current() {
        return CURRENT;
    }

    private static String read() {
        Properties properties = new Properties();
        try (InputStream in = CodeVersion.class.getResourceAsStream("/dev/firesteel/jobs/version.properties")) {
            if (in == null) {
                throw new IllegalStateException("version.properties is missing from the jar");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String commit = properties.getProperty("commit", "");
        // Outside a git checkout the build leaves the placeholder as it is.
        boolean known = !commit.isEmpty() && !commit.startsWith("${");
        return properties.getProperty("version") + (known ? "+" + commit : "");
    }
}
