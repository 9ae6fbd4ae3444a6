package dev.firesteel.jobs.tasks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/** How often Spark tries a task. */
public final class TaskAttempts {
    private static final Pattern LOCAL = Pattern.compile("local(?:\\[[^,\\]]*(?:,\\s*(\\d+))?])?");
    private static final int SPARKS_DEFAULT = 4;

    private TaskAttempts() {}

    /** Once in a local master, unless that says otherwise; on a cluster as configured. */
    public static int of(String master, SparkConf conf) {
        Matcher local = LOCAL.matcher(master);
        if (local.matches()) {
            return local.group(1) == null ? 1 : Integer.parseInt(local.group(1));
        }
        return conf.getInt("spark.task.maxFailures", SPARKS_DEFAULT);
    }
}
