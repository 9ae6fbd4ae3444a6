package dev.firesteel.jobs.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.firesteel.cli.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Finds out what a user's paths are and checks that they can be read at all. */
final class Sources {
    private final SparkSession spark;
    private final Configuration conf;

    Sources(SparkSession spark) {
        this.spark = spark;
        this.conf = spark.sessionState().newHadoopConf();
    }

    /**
     * The sources at {@code location}: one, or one for each Parquet file of a folder.
     *
     * @param kind what it is said to be, or null to find out
     * @param program guest for block witnesses, or null
     * @throws UserException when there is nothing that can be read
     */
    List<Source> open(String location, SourceKind kind, Path program) {
        Path path = SourceFiles.path(location);
        FileStatus status = SourceFiles.status(path, conf);
        SourceKind known = kind == null ? detect(status) : kind;
        return switch (known) {
            case MANIFEST -> List.of(ManifestSource.open(manifest(status), conf));
            case BLOCK -> blocks(status, program);
            case EEST -> List.of(EestSource.open(status, conf));
        };
    }

    private List<Source> blocks(FileStatus status, Path program) {
        List<FileStatus> files =
                status.isDirectory() ? SourceFiles.below(status.getPath(), ".parquet", conf) : List.of(status);
        if (files.isEmpty()) {
            throw new UserException(
                    SourceFiles.display(status.getPath()) + ": no Parquet file in this folder; name one that has some");
        }
        List<Source> sources = new ArrayList<>();
        for (FileStatus file : files) {
            sources.add(BlockSource.open(spark, file, program));
        }
        return sources;
    }

    private static Path manifest(FileStatus status) {
        return status.isDirectory() ? new Path(status.getPath(), ManifestSource.FILE) : status.getPath();
    }

    private SourceKind detect(FileStatus status) {
        Path path = status.getPath();
        if (status.isDirectory()) {
            try {
                if (path.getFileSystem(conf).exists(new Path(path, ManifestSource.FILE))) {
                    return SourceKind.MANIFEST;
                }
            } catch (IOException e) {
                throw SourceFiles.unreadable(path, e);
            }
            if (!SourceFiles.below(path, ".parquet", conf).isEmpty()) {
                return SourceKind.BLOCK;
            }
            if (!SourceFiles.below(path, ".json", conf).isEmpty()) {
                return SourceKind.EEST;
            }
            throw new UserException(SourceFiles.display(path) + ": the folder holds neither " + ManifestSource.FILE
                    + " nor a .parquet or .json file; name a source");
        }
        String name = path.getName().toLowerCase(Locale.ROOT);
        if (name.endsWith(".parquet")) {
            return SourceKind.BLOCK;
        }
        if (name.endsWith(".json")) {
            return isManifest(path) ? SourceKind.MANIFEST : SourceKind.EEST;
        }
        throw new UserException(SourceFiles.display(path)
                + ": cannot tell what this is; give --kind manifest, block or eest, or a .parquet or .json file");
    }

    /** A manifest has a list of requests at its top; a fixture file has an object per fixture. */
    private boolean isManifest(Path path) {
        try (InputStream in = SourceFiles.open(path, conf);
                JsonParser parser = new JsonFactory().createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean requests = parser.currentName().equals("requests");
                if (parser.nextToken() == JsonToken.START_ARRAY && requests) {
                    return true;
                }
                parser.skipChildren();
            }
            return false;
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            return false;
        } catch (IOException e) {
            throw SourceFiles.unreadable(path, e);
        }
    }
}
