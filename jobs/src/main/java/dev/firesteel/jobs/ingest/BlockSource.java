package dev.firesteel.jobs.ingest;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.ingest.ethereum.Block;
import dev.firesteel.jobs.spark.Digests;
import dev.firesteel.schemas.Program;
import dev.firesteel.schemas.Witness;
import java.io.IOException;
import java.io.Serializable;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/** One Parquet file of blocks and their execution witnesses, one part a row. */
final class BlockSource implements Source {
    static final StructType SCHEMA = new StructType()
            .add("block_number", DataTypes.LongType)
            .add("kind", DataTypes.StringType)
            .add("idx", DataTypes.IntegerType)
            .add("bytes", DataTypes.BinaryType);

    /** The guest whose output for a block is known from its header: transactions root ‖ block hash. */
    private static final String TRANSACTIONS_ROOT = "transactions-root";

    private final String location;
    private final long bytes;
    private final Dataset<Row> parts;
    private final Path program;
    private final byte[] elf;

    private BlockSource(String location, long bytes, Dataset<Row> parts, Path program, byte[] elf) {
        this.location = location;
        this.bytes = bytes;
        this.parts = parts;
        this.program = program;
        this.elf = elf;
    }

    /** Checks the file's columns and the guest; throws {@link UserException} on what cannot be used. */
    static BlockSource open(SparkSession spark, FileStatus file, Path program) {
        Dataset<Row> parts = ParquetFiles.read(
                        spark, List.of(file), SCHEMA, "a block witness has block_number, kind, idx, bytes")
                .select(
                        functions.col("block_number"),
                        functions.col("kind"),
                        functions.col("idx"),
                        functions.col("bytes"),
                        functions.col("_metadata.row_index").as("row_index"));
        byte[] elf = null;
        if (program != null) {
            try {
                elf = SourceFiles.read(program, spark.sessionState().newHadoopConf());
                new Programs().add(SourceFiles.display(program), elf);
            } catch (IOException e) {
                throw SourceFiles.unreadable(program, e);
            } catch (Refused e) {
                throw new UserException(e.getMessage(), e);
            }
        }
        return new BlockSource(SourceFiles.display(file.getPath()), file.getLen(), parts, program, elf);
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public SourceKind kind() {
        return SourceKind.BLOCK;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public Dataset<Row> rows(SparkSession spark, Programs programs, String runId) {
        String name = null;
        String hash = null;
        if (program != null) {
            try {
                Program added = programs.add(SourceFiles.display(program), elf);
                name = added.name();
                hash = added.programHash();
            } catch (Refused e) {
                throw new IllegalStateException("the program was loadable before", e);
            }
        }
        Assembly assembly = new Assembly(location, runId, name, hash);
        JavaRDD<Row> rows = parts.toJavaRDD()
                .mapToPair(row -> new Tuple2<>(row.isNullAt(0) ? -1L : row.getLong(0), row))
                .groupByKey()
                .mapPartitions(blocks -> {
                    Ingested.Rows codec = new Ingested.Rows();
                    List<Row> done = new ArrayList<>();
                    // Rows are small against their sources: a block's request keeps only the block itself.
                    blocks.forEachRemaining(block -> done.add(codec.toRow(assembly.ingest(block._1(), block._2()))));
                    return done.iterator();
                });
        return spark.createDataFrame(rows, Ingested.SCHEMA);
    }

    /** Puts a block together from its rows; travels to the executors. */
    private record Assembly(String file, String runId, String programName, String programHash) implements Serializable {

        Ingested ingest(long number, Iterable<Row> rows) {
            List<Row> sorted = new ArrayList<>();
            rows.forEach(sorted::add);
            sorted.sort(Comparator.comparingLong(r -> r.getLong(4)));
            long position = sorted.get(0).getLong(4);
            try {
                return Ingested.of(request(number, witness(sorted)), position);
            } catch (Refused e) {
                MessageDigest digest = Digests.newSha256();
                long bytes = 0;
                for (Row row : sorted) {
                    if (!row.isNullAt(3)) {
                        digest.update(row.<byte[]>getAs(3));
                        bytes += row.<byte[]>getAs(3).length;
                    }
                }
                Refused named = new Refused(e.reasonClass(), "block " + number + ": " + e.getMessage());
                String sha256 = HexFormat.of().formatHex(digest.digest());
                return Ingested.refused(runId, file, position, named, sha256, bytes);
            }
        }

        private static BlockWitness witness(List<Row> rows) throws Refused {
            Map<String, List<Row>> kinds = new TreeMap<>();
            for (String kind : List.of("block", "state", "code", "key", "header")) {
                kinds.put(kind, new ArrayList<>());
            }
            for (Row row : rows) {
                for (int i = 0; i < SCHEMA.size(); i++) {
                    if (row.isNullAt(i)) {
                        throw new Refused(
                                "null_value", "row " + row.getLong(4) + ": " + SCHEMA.fieldNames()[i] + " is NULL");
                    }
                }
                List<Row> kind = kinds.get(row.getString(1));
                if (kind == null) {
                    throw new Refused(
                            "unknown_kind", "row " + row.getLong(4) + ": kind '" + row.getString(1) + "' is unknown");
                }
                kind.add(row);
            }
            if (kinds.get("block").size() != 1) {
                throw new Refused("block_missing", kinds.get("block").size() + " rows of kind block instead of 1");
            }
            return new BlockWitness(
                    kinds.get("block").get(0).getAs(3),
                    ordered(kinds.get("state")),
                    ordered(kinds.get("code")),
                    ordered(kinds.get("key")),
                    ordered(kinds.get("header")));
        }

        private static List<byte[]> ordered(List<Row> rows) {
            rows.sort(Comparator.comparingInt(r -> r.getInt(2)));
            return rows.stream().map(r -> r.<byte[]>getAs(3)).toList();
        }

        private Witness request(long number, BlockWitness witness) throws Refused {
            Block block = witness.check(number);
            byte[] hash = block.header().hash().bytes();
            String id = "block-" + (block.chainId() == null ? "unknown" : block.chainId()) + "-" + number + "-"
                    + HexFormat.of().formatHex(hash, 0, 4) + (programName == null ? "" : "-" + programName);
            byte[] expected = null;
            if (TRANSACTIONS_ROOT.equals(programName)) {
                expected = new byte[64];
                System.arraycopy(block.header().transactionsRoot().bytes(), 0, expected, 0, 32);
                System.arraycopy(hash, 0, expected, 32, 32);
            }
            Map<String, String> parameters = new TreeMap<>();
            parameters.put("block_hash", block.header().hash().toString());
            parameters.put("witness_bytes", String.valueOf(witness.bytes()));
            parameters.put("state_nodes", String.valueOf(witness.state().size()));
            parameters.put("codes", String.valueOf(witness.codes().size()));
            byte[] input = witness.block();
            return new Witness(
                    id,
                    programHash,
                    input,
                    Digests.sha256(input),
                    input.length,
                    "block",
                    block.chainId(),
                    number,
                    null,
                    null,
                    null,
                    block.header().gasUsed(),
                    (long) block.transactionCount(),
                    parameters,
                    expected,
                    expected == null ? null : 0,
                    file);
        }
    }
}
