package dev.firesteel.jobs.results;

import dev.firesteel.jobs.spark.Sessions;
import dev.firesteel.jobs.spark.Warehouse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * Times an import: {@code ImportTiming FOLDER FILES PACKED}. Makes FILES results below FOLDER, and a pack of PACKED results,
 * once each; then prints wall and processor seconds of a pure read, of reading with parsing, and of what Spark does. Processor
 * seconds hold on a busy machine too.
 */
public final class ImportTiming {
    private static long wall;
    private static long cpu;

    private ImportTiming() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Path tree = folder.resolve("tree-" + args[1]);
        Path pack = folder.resolve("pack-" + args[2] + ".tar");
        if (!Files.exists(tree)) {
            ResultTrees.published(tree, Integer.parseInt(args[1]), 1);
        }
        if (!Files.exists(pack)) {
            ResultTrees.publishedPack(pack, Integer.parseInt(args[2]), 2);
        }
        start();
        pureRead(tree);
        ResultCollector collector =
                ResultSources.of(List.of(tree.toString()), List.of()).collect();
        lap("walk, read, parse " + collector.results() + " files, cold");
        ResultSources.of(List.of(tree.toString()), List.of()).collect();
        lap("the same again, warm");
        pureRead(tree);
        SparkSession spark = Sessions.open("timing", "local[2]", Map.of());
        lap("session");
        Warehouse warehouse = Warehouse.open(
                spark, folder.resolve("warehouse-" + System.nanoTime()).toString());
        warehouse.create(ResultImporter.TABLE);
        lap("table created");
        System.out.println(ResultImporter.write(warehouse, collector, "r1"));
        lap("written");
        System.out.println(ResultImporter.write(warehouse, collector, "r2"));
        lap("written again");
        ResultCollector packed =
                ResultSources.of(List.of(), List.of(pack.toString())).collect();
        lap("read, parse pack of " + packed.results());
        System.out.println(ResultImporter.write(warehouse, packed, "r3"));
        lap("pack written");
        spark.stop();
    }

    private static void pureRead(Path tree) throws IOException {
        long bytes = 0;
        try (var files = Files.walk(tree)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isRegularFile(file)) {
                    bytes += Files.readAllBytes(file).length;
                }
            }
        }
        lap("pure read, one thread, " + bytes / 1_000_000 + " MB");
    }

    private static void start() {
        wall = System.nanoTime();
        cpu = processor();
    }

    private static long processor() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void lap(String what) {
        System.out.printf(
                "%-45s %6.2f s wall %6.2f s cpu%n", what, (System.nanoTime() - wall) / 1e9, (processor() - cpu) / 1e9);
        start();
    }
}
