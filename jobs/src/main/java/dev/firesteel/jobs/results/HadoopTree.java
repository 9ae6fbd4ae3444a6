package dev.firesteel.jobs.results;

import dev.firesteel.cli.Messages;
import dev.firesteel.cli.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Result files below a folder of any file system that Hadoop knows, read by the driver: many requests under way at once,
 * for each waits for the network.
 */
final class HadoopTree {
    private static final int THREADS = 32;

    private HadoopTree() {}

    /** Reads every {@code .json} file at or below {@code uri}; throws {@link UserException} when that cannot be done. */
    static void read(String uri, ResultCollector collector) {
        try (ReaderPool pool = new ReaderPool(THREADS)) {
            Path root = new Path(uri);
            FileSystem fs = root.getFileSystem(new Configuration());
            RemoteIterator<LocatedFileStatus> files = fs.listFiles(root, true);
            Map<Path, SourceFolder> folders = new HashMap<>();
            List<FileStatus> chunk = new ArrayList<>();
            long found = 0;
            while (files.hasNext()) {
                FileStatus file = files.next();
                if (!ResultCollector.wanted(file.getPath().getName())) {
                    collector.other();
                    continue;
                }
                found++;
                folders.computeIfAbsent(file.getPath().getParent(), HadoopTree::folder);
                chunk.add(file);
                if (chunk.size() == ReaderPool.CHUNK_FILES) {
                    submit(pool, fs, chunk, Map.copyOf(folders), collector);
                    chunk = new ArrayList<>();
                }
            }
            submit(pool, fs, chunk, Map.copyOf(folders), collector);
            pool.finish();
            if (found == 0) {
                throw new UserException(uri + ": holds no .json file; give a folder of result files");
            }
        } catch (FileNotFoundException e) {
            throw new UserException(uri + ": no such file or folder; give a folder of result files", e);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(uri, e);
        }
    }

    private static void submit(
            ReaderPool pool,
            FileSystem fs,
            List<FileStatus> chunk,
            Map<Path, SourceFolder> folders,
            ResultCollector collector) {
        ResultBatch batch = collector.batch();
        pool.submit(() -> {
            for (FileStatus file : chunk) {
                open(fs, file, folders.get(file.getPath().getParent()), batch);
            }
        });
    }

    private static void open(FileSystem fs, FileStatus file, SourceFolder folder, ResultBatch batch) {
        String name = file.getPath().getName();
        try (FSDataInputStream in = fs.open(file.getPath())) {
            byte[] content = new byte[(int) Math.min(file.getLen(), ResultReader.MAX_FILE_BYTES)];
            int n = in.readNBytes(content, 0, content.length);
            content = n == content.length ? content : Arrays.copyOf(content, n);
            if (file.getLen() > ResultReader.MAX_FILE_BYTES) {
                batch.acceptTooLarge(folder, name, file.getLen(), content);
            } else {
                batch.accept(folder, name, content);
            }
        } catch (IOException e) {
            throw unreadable(file.getPath().toString(), e);
        }
    }

    private static UserException unreadable(String path, Exception e) {
        String why = Messages.firstLine(e);
        return new UserException(
                path + ": cannot be read (" + why + "); make it readable or move it away, nothing was written", e);
    }

    private static SourceFolder folder(Path path) {
        List<String> folders = Arrays.stream(path.toUri().getPath().split("/"))
                .filter(s -> !s.isEmpty())
                .toList();
        return new SourceFolder(folders, path.toString());
    }
}
