package dev.firesteel.jobs.results;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes some of an import's files, for one thread at a time: nothing is shared with other threads but what sidecars tell.
 * Made by {@link ResultCollector#batch()} where the files are listed, so that results keep that order whoever parses them.
 */
final class ResultBatch {
    private static final String HARDWARE = "hardware.json";
    private static final String METADATA = "metadata.json";
    private static final String FIXTURES = "fixtures.json";

    /**
     * A result as it was read; there are many at once, so it holds nothing twice.
     *
     * @param fileName null when it is the name of the result and {@link FileNames#SUFFIX}
     * @param content digest of the canonical form
     */
    record Parsed(SourceFolder folder, String fileName, ResultFile file, Digest content) {
        String sourcePath() {
            return folder.sourcePath(fileName == null ? file.name() + FileNames.SUFFIX : fileName);
        }
    }

    /** A file that became neither result nor sidecar. */
    record Refused(String path, long bytes, String sha256, QuarantineClass kind, String reason) {}

    private final ResultCollector collector;
    private final List<Parsed> parsed = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private long bytes;

    ResultBatch(ResultCollector collector) {
        this.collector = collector;
    }

    /** Takes one file with its bytes. */
    void accept(SourceFolder folder, String fileName, byte[] content) {
        bytes += content.length;
        try {
            if (fileName.equals(HARDWARE) || fileName.equals(RunMetadata.FILE)) {
                collector.sidecar(folder, fileName, content);
                return;
            }
            String stem = fileName.substring(0, fileName.length() - FileNames.SUFFIX.length());
            ResultFile file = ResultReader.read(content, stem);
            parsed.add(new Parsed(
                    folder,
                    file.name().equals(stem) ? null : fileName,
                    file,
                    Digest.of(Strings.sha256(), ResultWriter.bytes(file))));
        } catch (BadResultException e) {
            if (e.kind() == QuarantineClass.NOT_A_RESULT && (fileName.equals(METADATA) || fileName.equals(FIXTURES))) {
                metadata(folder, fileName, content);
                return;
            }
            refuse(folder, fileName, content, e);
        }
    }

    private void metadata(SourceFolder folder, String fileName, byte[] content) {
        try {
            collector.sidecar(folder, fileName, content);
        } catch (BadResultException e) {
            refuse(folder, fileName, content, e);
        }
    }

    private void refuse(SourceFolder folder, String fileName, byte[] content, BadResultException e) {
        refused.add(
                new Refused(folder.path(fileName), content.length, Strings.sha256(content), e.kind(), e.getMessage()));
    }

    /** Takes a file that is too large to be read: {@code start} holds its first {@link ResultReader#MAX_FILE_BYTES} bytes. */
    void acceptTooLarge(SourceFolder folder, String fileName, long size, byte[] start) {
        refused.add(new Refused(
                folder.path(fileName),
                size,
                Strings.sha256(start),
                QuarantineClass.TOO_LARGE,
                "the file has " + size + " bytes, more than " + ResultReader.MAX_FILE_BYTES
                        + "; the digest is of that many"));
    }

    /** The results, in the order in which they came. */
    List<Parsed> parsed() {
        return parsed;
    }

    List<Refused> refused() {
        return refused;
    }

    /** Bytes of all files that were taken, except those that are too large. */
    long bytes() {
        return bytes;
    }
}
