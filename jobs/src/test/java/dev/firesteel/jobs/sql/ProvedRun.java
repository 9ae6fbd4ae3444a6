package dev.firesteel.jobs.sql;

import dev.firesteel.jobs.execute.SegmentRows;
import dev.firesteel.jobs.ingest.Fixtures;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import dev.firesteel.request.CoreProof;
import dev.firesteel.request.ProgramSetup;
import dev.firesteel.request.RunChallenge;
import dev.firesteel.request.RunProver;
import dev.firesteel.request.RunStatement;
import dev.firesteel.request.RunWords;
import dev.firesteel.request.SegmentCommitment;
import dev.firesteel.request.SegmentProver;
import dev.firesteel.riscv.Emulator;
import dev.firesteel.riscv.ExecutionOptions;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentLimits;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A short run of a bundled guest in two segments, proved at the insecure preset, and the views in which a warehouse would have it. */
public final class ProvedRun {
    private static final String HASHES =
            "program_hash STRING, input_hash STRING, parameters_hash STRING, code_version STRING";

    final byte[] elf;
    final ProgramSetup setup;
    final List<Segment> segments = new ArrayList<>();
    final List<SegmentCommitment> commitments = new ArrayList<>();
    final List<byte[]> proofs = new ArrayList<>();
    final RunWords words;
    final RunStatement statement;
    final RunChallenge challenge;
    final byte[] core;

    private static ProvedRun made;

    /** The one that all tests of this JVM share. */
    public static synchronized ProvedRun get() throws Exception {
        if (made == null) {
            made = new ProvedRun();
        }
        return made;
    }

    private ProvedRun() throws Exception {
        elf = Files.readAllBytes(Fixtures.guest("fibonacci"));
        Program program = Program.load(elf, "fibonacci");
        Emulator.execute(
                program,
                new byte[] {10, 0, 0, 0, 0, 0, 0, 0},
                ExecutionOptions.defaults().withLimits(SegmentLimits.ofCycles(100)),
                segments::add);
        try (Parallel parallel = new Parallel(2)) {
            setup = ProgramSetup.of(program, SecurityPreset.TEST_FAST, parallel);
            SegmentProver prover = new SegmentProver(setup, parallel);
            RunWords all = RunWords.none();
            for (Segment segment : segments) {
                all = all.then(prover.execute(segment).words());
            }
            words = all;
            for (Segment segment : segments) {
                commitments.add(prover.commit(prover.execute(segment), words).commitment());
            }
            statement = RunProver.statement(segments);
            challenge = RunChallenge.of(setup.programKey(), statement, commitments, parallel);
            for (int i = 0; i < segments.size(); i++) {
                proofs.add(prover.prove(
                                segments.get(i), words, commitments.get(i), challenge.challenge(), (phase, nanos) -> {})
                        .bytes());
            }
            core = CoreProof.of(setup.programKey(), statement, commitments, challenge, proofs)
                    .bytes();
        }
    }

    String programHash() {
        return setup.programKey().programHashHex();
    }

    /** Makes the views that docs/sql.md asks. */
    public void views(SparkSession spark) {
        String hash = programHash();
        view(spark, "programs", "program_hash STRING, elf BINARY", RowFactory.create(hash, elf));
        view(
                spark,
                "program_keys",
                "key_hash STRING, program_key BINARY",
                RowFactory.create("key", setup.programKey().bytes()));
        view(
                spark,
                "executions",
                "request_id STRING, " + HASHES + ", output BINARY, exit_code INT",
                RowFactory.create("fib", hash, "input", "execution", "1", statement.output(), statement.exitCode()));
        view(
                spark,
                "proofs",
                "request_id STRING, program_hash STRING, input_hash STRING, execution_parameters_hash STRING,"
                        + " code_version STRING, key_hash STRING, proof BINARY",
                RowFactory.create("fib", hash, "input", "execution", "1", "key", core));
        view(
                spark,
                "challenges",
                HASHES + ", execution_parameters_hash STRING, preset STRING, challenge BINARY",
                RowFactory.create(hash, "input", "all", "1", "execution", "test-fast", challenge.bytes()));
        List<Row> committed = new ArrayList<>();
        List<Row> proved = new ArrayList<>();
        List<Row> cut = new ArrayList<>();
        RowCodec<dev.firesteel.schemas.Segment> codec = RowCodec.of("segments", dev.firesteel.schemas.Segment.class);
        for (int i = 0; i < segments.size(); i++) {
            committed.add(RowFactory.create(
                    hash, "input", "all", "1", i, commitments.get(i).bytes(), i == 0 ? words.bytes() : null));
            proved.add(RowFactory.create(hash, "input", "all", "1", i, proofs.get(i)));
            cut.add(codec.toRow(SegmentRows.toRow(segments.get(i), 0, hash, "input", "execution", "1", "run")));
        }
        view(
                spark,
                "commitments",
                HASHES + ", segment_index INT, commitment BINARY, run_words BINARY",
                committed.toArray(Row[]::new));
        view(spark, "segment_proofs", HASHES + ", segment_index INT, proof BINARY", proved.toArray(Row[]::new));
        spark.createDataFrame(cut, codec.schema()).createOrReplaceTempView("segments");
    }

    private static void view(SparkSession spark, String name, String columns, Row... rows) {
        spark.createDataFrame(List.of(rows), StructType.fromDDL(columns)).createOrReplaceTempView(name);
    }
}
