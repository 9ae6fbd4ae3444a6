package dev.firesteel.jobs.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What is shipped, as its users start it: the launcher and a standalone cluster on the loopback address. */
final class Product {
    private static final long POLL_MS = 20;

    private final Path folder;
    private final String clusterFolder;
    private final int port;
    private final List<String> environment;

    /**
     * @param folder where logs go
     * @param clusterFolder of the cluster's files, below jobs/target
     * @param environment further variables of the launcher, as NAME=VALUE
     */
    Product(Path folder, String clusterFolder, int port, String... environment) {
        this.folder = folder;
        this.clusterFolder = clusterFolder;
        this.port = port;
        this.environment = List.of(environment);
    }

    /** The checkout. */
    static Path home() {
        return Path.of(System.getProperty("firesteel.basedir")).getParent();
    }

    String master() {
        return "spark://127.0.0.1:" + port;
    }

    /** Starts a job; what it says goes to the log {@code name}. The process is the job's own JVM. */
    Process launch(String name, String... arguments) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(home().resolve("scripts/firesteel").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("FIRESTEEL_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("SPARK_HOME");
        environment.forEach(
                e -> builder.environment().put(e.substring(0, e.indexOf('=')), e.substring(e.indexOf('=') + 1)));
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    /** Waits for a job's end, which must have this exit status. */
    void finish(Process process, String name, int status) throws InterruptedException {
        int found = process.waitFor();
        System.out.println(name + ": " + log(name).lines().reduce((a, b) -> b).orElse(""));
        assertEquals(status, found, () -> name + "\n" + log(name));
    }

    /** A job from its start to its end. */
    void run(int status, String name, String... arguments) throws Exception {
        finish(launch(name, arguments), name, status);
    }

    /** Waits until something has happened that a job does before its end. */
    void await(Process process, String name, BooleanSupplier happened) throws InterruptedException {
        while (process.isAlive() && !happened.getAsBoolean()) {
            Thread.sleep(POLL_MS);
        }
        assertTrue(process.isAlive(), () -> name + " ended before anything could be killed\n" + log(name));
    }

    String log(String name) {
        try {
            return Files.readString(folder.resolve(name + ".log"));
        } catch (IOException e) {
            return "";
        }
    }

    /** {@code scripts/cluster} with these arguments. */
    void cluster(String... arguments) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(home().resolve("scripts/cluster").toString());
        builder.command().addAll(List.of(arguments));
        if (arguments[0].equals("start")) {
            builder.command().addAll(List.of("--port", Integer.toString(port)));
        }
        builder.command()
                .addAll(List.of(
                        "--dir",
                        home().resolve("jobs/target").resolve(clusterFolder).toString()));
        builder.environment().put("FIRESTEEL_JAVA_HOME", System.getProperty("java.home"));
        Path log = folder.resolve("cluster.log");
        int status = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
        assertEquals(0, status, () -> Arrays.toString(arguments) + "\n" + log("cluster"));
    }
}
