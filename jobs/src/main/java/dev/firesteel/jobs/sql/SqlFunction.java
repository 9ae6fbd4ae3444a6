package dev.firesteel.jobs.sql;

import dev.firesteel.jobs.prove.ProofFunctions;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.errors.QueryCompilationErrors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** The functions: names, arguments, results. A row of arguments goes in, a row of the result comes out, NULL for NULL where an argument is required. */
enum SqlFunction {
    /** See docs/sql.md. */
    PROVE_SEGMENT(
            "elf, segment, commitment, run_words, challenge, preset",
            "Proves one segment and verifies the proof: struct(proof, seconds, verification_seconds, setup_seconds,"
                    + " committed_cells, reason); proof is NULL when there is none, and reason says why.",
            "proof BINARY, seconds DOUBLE, verification_seconds DOUBLE, setup_seconds DOUBLE, committed_cells BIGINT,"
                    + " reason STRING",
            6,
            // How long it takes is never the same; and Spark may compute the others as often as it likes.
            false,
            DataTypes.BinaryType,
            null,
            DataTypes.BinaryType,
            DataTypes.BinaryType,
            DataTypes.BinaryType,
            DataTypes.StringType) {
        @Override
        Row call(Row arguments) throws InterruptedException {
            if (anyNull(arguments, 0, 1, 2, 4, 5)) {
                return null;
            }
            ProofFunctions.SegmentResult result = ProofFunctions.proveSegment(
                    arguments.getAs(0),
                    arguments.getStruct(1),
                    arguments.getAs(2),
                    arguments.getAs(3),
                    arguments.getAs(4),
                    arguments.getString(5));
            return RowFactory.create(
                    result.proof(),
                    result.seconds(),
                    result.verificationSeconds(),
                    result.setupSeconds(),
                    result.committedCells(),
                    result.reason());
        }
    },

    /** See docs/sql.md. */
    VERIFY_PROOF(
            "proof, program_key, output, exit_code[, allow_insecure]",
            "Whether a core proof proves that the program of the key put out exactly this output and ended with this exit"
                    + " code: struct(ok, reason); reason is NULL when it does.",
            "ok BOOLEAN, reason STRING",
            4,
            true,
            DataTypes.BinaryType,
            DataTypes.BinaryType,
            DataTypes.BinaryType,
            DataTypes.IntegerType,
            DataTypes.BooleanType) {
        @Override
        Row call(Row arguments) {
            if (anyNull(arguments, 0, 1, 2, 3)) {
                return null;
            }
            boolean allowInsecure = arguments.size() > 4 && !arguments.isNullAt(4) && arguments.getBoolean(4);
            ProofFunctions.Verdict verdict = ProofFunctions.verify(
                    arguments.getAs(0), arguments.getAs(1), arguments.getAs(2), arguments.getInt(3), allowInsecure);
            return RowFactory.create(verdict.ok(), verdict.reason());
        }
    },

    /** See docs/sql.md. */
    PROOF_INFO(
            "proof[, program_key]",
            "What a core proof says of itself, without verifying it, and what its key says: struct(bytes, version, segments,"
                    + " exit_code, output_bytes, output_sha256, fits_key, preset, security_bits, program_hash, reason).",
            "bytes BIGINT, version INT, segments INT, exit_code INT, output_bytes BIGINT, output_sha256 STRING,"
                    + " fits_key BOOLEAN, preset STRING, security_bits INT, program_hash STRING, reason STRING",
            1,
            true,
            DataTypes.BinaryType,
            DataTypes.BinaryType) {
        @Override
        Row call(Row arguments) {
            if (anyNull(arguments, 0)) {
                return null;
            }
            ProofFunctions.Info info =
                    ProofFunctions.info(arguments.getAs(0), arguments.size() > 1 ? arguments.getAs(1) : null);
            return RowFactory.create(
                    info.bytes(),
                    info.version(),
                    info.segments(),
                    info.exitCode(),
                    info.outputBytes(),
                    info.outputSha256(),
                    info.fits(),
                    info.preset(),
                    info.securityBits(),
                    info.programHash(),
                    info.reason());
        }
    };

    private final String arguments;
    private final String usage;
    private final String result;
    private final int required;
    private final boolean deterministic;
    private final DataType[] types;

    /**
     * @param result as a DDL list
     * @param required arguments; those after them may be left out
     * @param types of the arguments, which are cast; null for a struct, which is taken as it is
     */
    SqlFunction(String arguments, String usage, String result, int required, boolean deterministic, DataType... types) {
        this.arguments = arguments;
        this.usage = usage;
        this.result = result;
        this.required = required;
        this.deterministic = deterministic;
        this.types = types;
    }

    /** The function's value. */
    abstract Row call(Row arguments) throws Exception;

    private static boolean anyNull(Row arguments, int... places) {
        return IntStream.of(places).anyMatch(arguments::isNullAt);
    }

    private String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What Spark registers. */
    Tuple3<FunctionIdentifier, ExpressionInfo, Function1<Seq<Expression>, Expression>> description() {
        ExpressionInfo info = new ExpressionInfo(
                SqlFunction.class.getName(),
                null,
                sqlName(),
                "_FUNC_(" + arguments + ") - " + usage,
                "",
                "",
                "",
                "",
                "",
                "",
                "java_udf");
        return new Tuple3<>(new FunctionIdentifier(sqlName()), info, new Builder(this));
    }

    private Expression expression(List<Expression> given) {
        if (given.size() < required || given.size() > types.length) {
            List<Object> valid = IntStream.rangeClosed(required, types.length)
                    .<Object>mapToObj(i -> i)
                    .toList();
            throw SqlFunction.<RuntimeException>unchecked(QueryCompilationErrors.wrongNumArgsError(
                    sqlName(), CollectionConverters.asScala(valid).toSeq(), given.size(), "", "", ""));
        }
        List<Expression> fields = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            fields.add(Literal$.MODULE$.apply("argument" + i));
            fields.add(types[i] == null ? given.get(i) : Cast$.MODULE$.apply(given.get(i), types[i], true));
        }
        return new ScalaUDF(
                new Call(this),
                StructType.fromDDL(result),
                seq(List.of(new CreateNamedStruct(seq(fields)))),
                seq(List.of()),
                Option.empty(),
                Option.apply(sqlName()),
                true,
                deterministic);
    }

    /** Spark is Scala: its analysis errors are checked exceptions that it throws without declaring them. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E unchecked(Throwable e) throws E {
        throw (E) e;
    }

    private static <T> Seq<T> seq(List<? extends T> list) {
        return CollectionConverters.<T>asScala(new ArrayList<T>(list)).toSeq();
    }

    /** Makes the expression of a call. */
    private static final class Builder extends AbstractFunction1<Seq<Expression>, Expression> {
        private final SqlFunction function;

        Builder(SqlFunction function) {
            this.function = function;
        }

        @Override
        public Expression apply(Seq<Expression> given) {
            return function.expression(CollectionConverters.asJava(given));
        }
    }

    /** Does a call, on an executor. */
    private static final class Call extends AbstractFunction1<Row, Row> implements Serializable {
        private static final long serialVersionUID = 1L;

        private final SqlFunction function;

        Call(SqlFunction function) {
            this.function = function;
        }

        @Override
        public Row apply(Row arguments) {
            try {
                return function.call(arguments);
            } catch (RuntimeException e) {
                throw e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("the task was cancelled", e);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
