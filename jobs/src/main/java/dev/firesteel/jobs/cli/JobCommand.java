package dev.firesteel.jobs.cli;

import dev.firesteel.cli.UserException;
import dev.firesteel.jobs.spark.RunLog;
import dev.firesteel.jobs.spark.Sessions;
import dev.firesteel.jobs.spark.Warehouse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What every Spark job's command has in common: where the warehouse is, how to reach Spark, and that a run leaves its
 * row in {@code runs} and {@code environments}. A job implements {@link #run} and reports what it could not use with
 * {@link UserException}.
 */
public abstract class JobCommand implements Callable<Integer> {
    @Option(
            names = "--warehouse",
            paramLabel = "DIR",
            description = "Folder of the tables (default: ${DEFAULT-VALUE}).",
            defaultValue = "warehouse")
    private String warehouse;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description =
                    "Spark master, such as spark://host:7077. Default: spark-submit's, else an embedded local Spark.")
    private String master;

    @Option(
            names = {"-c", "--conf"},
            paramLabel = "KEY=VALUE",
            description = "A Spark setting; may be given several times.")
    private Map<String, String> conf = new LinkedHashMap<>();

    @Option(names = "--verbose", description = "Print a stack trace with an error.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    /**
     * Does the job's work.
     *
     * @param spark the session; the caller stops it
     * @return the exit status, 0 on success
     */
    protected abstract int run(SparkSession spark) throws Exception;

    /** Whether a run of this job is a row of {@code runs}; false for jobs that only look. */
    protected boolean recorded() {
        return true;
    }

    /** Checks options before Spark starts; throws {@link UserException}. The default checks nothing. */
    protected void check() {}

    @Override
    public final Integer call() throws Exception {
        check();
        SparkSession spark = Sessions.open(spec.name(), master, conf);
        try {
            return run(spark);
        } finally {
            spark.stop();
        }
    }

    /** The folder of the tables as given. */
    protected final String warehouseLocation() {
        return warehouse;
    }

    /** Whether stack traces are wanted. */
    public final boolean verbose() {
        return verbose;
    }

    /**
     * Runs {@code work} as one recorded run: a row of {@code runs} that is {@code running} until the work returns, and
     * the row of {@code environments}. Call it once the input has been checked, so that a refused input leaves the
     * tables untouched.
     */
    protected final int recordRun(Warehouse target, RunLog.Work work) throws Exception {
        if (!recorded()) {
            return work.run("");
        }
        String arguments = String.join(
                " ",
                spec.commandLine().getParseResult() == null
                        ? java.util.List.of()
                        : spec.commandLine().getParseResult().originalArgs());
        return RunLog.record(target, spec.name(), arguments, work);
    }

    /** The stream for what the user asked to see. */
    protected final java.io.PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
