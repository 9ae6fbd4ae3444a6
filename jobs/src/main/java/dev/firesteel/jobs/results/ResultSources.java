package dev.firesteel.jobs.results;

import dev.firesteel.cli.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The places that an import reads: local folders, folders of other file systems, packs. */
final class ResultSources {
    private final List<Path> local = new ArrayList<>();
    private final List<String> remote = new ArrayList<>();
    private final List<String> packs;

    private ResultSources(List<String> packs) {
        this.packs = packs;
    }

    /** Checks that the local ones are there; throws {@link UserException} naming the first that is not. */
    static ResultSources of(List<String> paths, List<String> packs) {
        ResultSources sources = new ResultSources(List.copyOf(packs));
        for (String path : paths) {
            if (path.matches("[a-zA-Z][a-zA-Z0-9+.-]+:/.*") && !path.startsWith("file:")) {
                sources.remote.add(path);
            } else {
                sources.local.add(existing(path, "give a folder of result files"));
            }
        }
        for (String pack : packs) {
            if (!Files.isRegularFile(existing(pack, "make one with pack-results or tar"))) {
                throw new UserException(pack + ": is no file; --packed wants a tar archive");
            }
        }
        return sources;
    }

    static Path existing(String text, String advice) {
        try {
            Path path = text.startsWith("file:/") ? Path.of(java.net.URI.create(text)) : Path.of(text);
            if (!Files.exists(path)) {
                throw new UserException(text + ": no such file or folder; " + advice);
            }
            return path;
        } catch (IllegalArgumentException e) {
            throw new UserException(text + ": not a path (" + e.getMessage() + "); " + advice, e);
        }
    }

    /** Reads everything. */
    ResultCollector collect() {
        ResultCollector collector = new ResultCollector();
        LocalTree.read(local, new TreeVisitor(collector, collector.batch()));
        for (Path path : local) {
            LocalTree.readAbove(path, collector);
        }
        for (String uri : remote) {
            HadoopTree.read(uri, collector);
        }
        for (String pack : packs) {
            TarReader.read(Path.of(pack), collector);
        }
        return collector;
    }

    /** Gives every chunk of a walk a batch. */
    private record TreeVisitor(ResultCollector collector, ResultBatch batch) implements LocalTree.Visitor {
        @Override
        public LocalTree.Visitor chunk() {
            return new TreeVisitor(collector, collector.batch());
        }

        @Override
        public void file(SourceFolder folder, String name, byte[] content) {
            batch.accept(folder, name, content);
        }

        @Override
        public void tooLarge(SourceFolder folder, String name, long size, byte[] start) {
            batch.acceptTooLarge(folder, name, size, start);
        }

        @Override
        public void other(SourceFolder folder, String name) {
            collector.other();
        }
    }
}
