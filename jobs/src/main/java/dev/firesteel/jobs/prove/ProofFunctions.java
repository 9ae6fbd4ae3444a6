package dev.firesteel.jobs.prove;

import dev.firesteel.cli.Messages;
import dev.firesteel.jobs.execute.SegmentRows;
import dev.firesteel.jobs.spark.RowCodec;
import dev.firesteel.jobs.tasks.Meter;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.protocol.VerificationException;
import dev.firesteel.request.CoreProof;
import dev.firesteel.request.InconsistentSegmentsException;
import dev.firesteel.request.ProgramKey;
import dev.firesteel.request.RunStatement;
import dev.firesteel.riscv.ElfException;
import dev.firesteel.riscv.Program;
import dev.firesteel.riscv.ReplayException;
import dev.firesteel.riscv.Segment;
import dev.firesteel.riscv.SegmentCodecException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Row;

/**
 * The SQL functions' work, which is that of the jobs on one row. What is wrong with data is a reason in the result; exceptions are for what is wrong with this program or the machine.
 */
public final class ProofFunctions {
    private static final String TASK_CPUS = "spark.task.cpus";

    private ProofFunctions() {}

    /**
     * A proof of a segment.
     *
     * @param proof null when there is none
     * @param reason why there is none; null when there is one
     */
    public record SegmentResult(
            byte[] proof,
            Double seconds,
            Double verificationSeconds,
            Double setupSeconds,
            Long committedCells,
            String reason) {
        private static SegmentResult refused(String reason) {
            return new SegmentResult(null, null, null, null, null, reason);
        }
    }

    /**
     * What a verifier says.
     *
     * @param reason why not; null when it verifies
     */
    public record Verdict(boolean ok, String reason) {}

    /**
     * What a core proof says of itself, and its key of it. Nothing of it is verified.
     *
     * @param version of the format
     * @param outputSha256 64 hex digits
     * @param fits whether the proof says that it is for that key; null without a key, as are the three that follow
     * @param securityBits that the preset claims; 0 for an insecure one
     * @param reason why the rest is null; null when it is not
     */
    public record Info(
            Long bytes,
            Integer version,
            Integer segments,
            Integer exitCode,
            Long outputBytes,
            String outputSha256,
            Boolean fits,
            String preset,
            Integer securityBits,
            String programHash,
            String reason) {
        private static Info refused(String reason) {
            return new Info(null, null, null, null, null, null, null, null, null, null, reason);
        }
    }

    /**
     * Proves a segment, with as many threads as Spark gives a task cores.
     *
     * @param elf of the program
     * @param row all columns of {@code segments}
     * @param commitment as in {@code commitments}
     * @param runWords likewise; null unless it is the first segment
     * @param challenge as in {@code challenges}
     * @param preset with which both were made
     */
    public static SegmentResult proveSegment(
            byte[] elf, Row row, byte[] commitment, byte[] runWords, byte[] challenge, String preset)
            throws InterruptedException {
        SecurityPreset security;
        Program program;
        Segment segment;
        try {
            security = SecurityPreset.of(preset);
            program = Program.load(elf, "elf");
            segment = SegmentRows.fromRow(
                    RowCodec.of("segments", dev.firesteel.schemas.Segment.class).fromRow(row));
        } catch (ElfException | SegmentCodecException e) {
            return SegmentResult.refused(Messages.firstLine(e));
        } catch (RuntimeException e) {
            // Whatever was given as a segment: columns that are missing, arrays that are too short, names that nobody
            // knows.
            return SegmentResult.refused("segment or preset: " + Messages.firstLine(e));
        }
        if (segment.index() == 0 && runWords == null) {
            return SegmentResult.refused("the first segment needs run_words");
        }
        return prove(elf, program, segment, commitment, runWords, challenge, security);
    }

    private static SegmentResult prove(
            byte[] elf,
            Program program,
            Segment segment,
            byte[] commitment,
            byte[] runWords,
            byte[] challenge,
            SecurityPreset preset)
            throws InterruptedException {
        long bytes = ProverMemory.toProve(segment.cycles(), segment.addresses().length);
        int threads = SparkEnv.get().conf().getInt(TASK_CPUS, 1);
        long begin = System.nanoTime();
        SegmentWork.Made made = null;
        try (ProverSlot slot = ProverSlot.enter(bytes, threads)) {
            KeyRegistry.ofJvm().cold();
            KeyRegistry.Entry keys =
                    KeyRegistry.ofJvm().get(program.hashHex(), program.name(), elf, preset, slot.parallel());
            begin = System.nanoTime();
            made = SegmentWork.prove(keys.setup(), segment, commitment, runWords, challenge, slot, new Meter());
            return new SegmentResult(
                    made.proof(),
                    made.provingMs() / 1e3,
                    made.verificationMs() / 1e3,
                    keys.waitedMs() / 1e3,
                    made.committedCells(),
                    null);
        } catch (ElfException
                | InconsistentSegmentsException
                | VerificationException
                | IllegalArgumentException
                | ReplayException e) {
            return SegmentResult.refused(Messages.firstLine(e));
        } finally {
            ProverEvents.proof(made != null, (System.nanoTime() - begin) / 1e9);
        }
    }

    /**
     * Whether a proof proves that the program of a key put out exactly this and ended with this exit code.
     *
     * @param allowInsecure accepts keys of presets that prove nothing
     */
    public static Verdict verify(byte[] proof, byte[] key, byte[] output, int exitCode, boolean allowInsecure) {
        try {
            SegmentWork.verifier(ProgramKey.read(key), allowInsecure).verify(new RunStatement(output, exitCode), proof);
            return new Verdict(true, null);
        } catch (VerificationException | IllegalArgumentException e) {
            return new Verdict(false, Messages.firstLine(e));
        }
    }

    /**
     * What is in a core proof.
     *
     * @param key of its program, or null
     */
    public static Info info(byte[] proof, byte[] key) {
        try {
            CoreProof core = CoreProof.read(proof);
            ProgramKey program = key == null ? null : ProgramKey.read(key);
            SecurityPreset preset = program == null ? null : program.tables().preset();
            return new Info(
                    (long) proof.length,
                    CoreProof.VERSION,
                    core.segments().size(),
                    core.exitCode(),
                    core.segments().stream()
                            .mapToLong(CoreProof.SegmentPart::outputLength)
                            .sum(),
                    HexFormat.of().formatHex(core.outputHash()),
                    program == null ? null : Arrays.equals(core.keyDigest(), program.digest()),
                    preset == null ? null : preset.label(),
                    preset == null ? null : preset.bits(),
                    program == null ? null : program.programHashHex(),
                    null);
        } catch (VerificationException | IllegalArgumentException e) {
            return Info.refused(Messages.firstLine(e));
        }
    }
}
