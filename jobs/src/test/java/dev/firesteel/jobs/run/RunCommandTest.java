package dev.firesteel.jobs.run;

import static dev.firesteel.jobs.ingest.Fixtures.number;
import static dev.firesteel.jobs.ingest.Fixtures.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.TestSpark;
import dev.firesteel.jobs.cli.Firesteel;
import dev.firesteel.jobs.ingest.Fixtures;
import dev.firesteel.jobs.spark.Warehouse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The product as a user starts it: bundled guests, from nothing to tables, then a look at them. */
class RunCommandTest {
    @TempDir
    Path folder;

    @Test
    void theBundledGuestsAllEndAsExpectedAndTheirSegmentsReplay() {
        String warehouse = folder.resolve("w").toString();
        String manifest = Fixtures.root().resolve("guests/manifest.json").toString();
        String run = say(
                0,
                "run",
                "--no-prove",
                "--master",
                "local[2]",
                "--manifest",
                manifest,
                "--warehouse",
                warehouse,
                "--reports",
                folder.resolve("r").toString());
        assertTrue(run.contains(", 0 failed, 0 not as expected"), run);
        assertTrue(run.contains("tables: " + warehouse), run);
        String list = say(0, "inspect", "witness", warehouse + "/witness");
        assertTrue(list.contains("fibonacci-1000"), list);
        String one = say(0, "inspect", "witness", warehouse + "/witness", "--request", "panic-256", "--json");
        assertTrue(one.contains("\"expected_exit_code\" : 256"), one);
        String segment = say(
                0,
                "inspect",
                "segment",
                "--warehouse",
                warehouse,
                "--program",
                "fibonacci-1000000",
                "--index",
                "0",
                "--replay");
        assertTrue(segment.contains("reproduces its end state"), segment);
        assertTrue(segment.contains("equal to this segment's end"), segment);
        say(3, "inspect", "segment", "--warehouse", warehouse, "--program", "fibonacci-10", "--index", "9");
        say(3, "inspect", "segment", "--warehouse", warehouse, "--program", "nobody", "--index", "0");
    }

    @Test
    void whatWasExecutedIsProvedAndVerifiedOnce() throws Exception {
        Path manifest = Fixtures.manifest(
                folder,
                request("fib", "fibonacci", number(10)),
                request("panic", "panic", "0x00010000", "expected_exit_code", 256));
        String[] command = {
            "run",
            "--preset",
            "test-fast",
            "--manifest",
            manifest.toString(),
            "--warehouse",
            folder.resolve("w").toString(),
            "--reports",
            folder.resolve("r").toString()
        };
        String first = say(0, command);
        assertTrue(first.contains("2 segments to prove, 0 proved before"), first);
        assertTrue(first.contains("proved 2 of 2 segments"), first);
        assertTrue(first.contains("2 requests proved, 2 verified"), first);
        String again = say(0, command);
        assertTrue(again.contains("0 segments to prove, 2 proved before"), again);
        assertTrue(again.contains("2 requests proved, 2 verified"), again);
    }

    @Test
    void aGuestThatWasRebuiltIsRunAnewAndWhatItsPredecessorDidStays() throws Exception {
        Path elf = Files.copy(Fixtures.guest("fibonacci"), folder.resolve("guest.elf"));
        Path manifest = Fixtures.manifest(
                folder,
                Map.of("request_id", "a", "program", elf.toString(), "input_hex", number(1)),
                Map.of("request_id", "b", "program", elf.toString(), "input_hex", number(2)),
                request("untouched", "fibonacci", number(3)));
        String[] command = {
            "run",
            "--no-prove",
            "--master",
            "local[2]",
            "--manifest",
            manifest.toString(),
            "--warehouse",
            folder.resolve("w").toString(),
            "--reports",
            folder.resolve("r").toString()
        };
        say(0, command);
        // Other code that takes the same input: one 64-bit key.
        Files.copy(Fixtures.guest("sort"), elf, StandardCopyOption.REPLACE_EXISTING);
        String rebuilt = say(0, command);
        assertTrue(rebuilt.contains("2 requests are not what the warehouse has under their ids"), rebuilt);
        assertTrue(rebuilt.contains("2 requests executed, 1 executed before"), rebuilt);
        List<String> after = executions();
        assertEquals(5, after.size(), after.toString());
        assertTrue(after.stream().filter(id -> id.matches("[ab]@[0-9a-f]{8}")).count() == 2, after.toString());
        String report = Files.readString(folder.resolve("r/executions.csv"));
        assertEquals(
                3,
                report.lines()
                        .skip(1)
                        .mapToInt(line -> Integer.parseInt(line.split(",")[2]))
                        .sum(),
                report);
        String again = say(0, command);
        assertTrue(again.contains("0 requests executed, 3 executed before"), again);
        Files.copy(Fixtures.guest("fibonacci"), elf, StandardCopyOption.REPLACE_EXISTING);
        String back = say(0, command);
        assertTrue(back.contains("0 requests executed, 3 executed before"), back);
        assertFalse(back.contains("ID@HASH"), back);
        assertEquals(after, executions());
        Warehouse warehouse =
                Warehouse.existing(TestSpark.session(), folder.resolve("w").toString());
        assertFalse(warehouse.exists("quarantine"), "nothing was refused");
    }

    private List<String> executions() {
        return Warehouse.existing(TestSpark.session(), folder.resolve("w").toString())
                .read("executions")
                .select("request_id")
                .orderBy("request_id")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    @Test
    void aRequestThatAManifestNamesTwiceIsAMistakeHoweverOftenItIsRun() throws Exception {
        Path manifest =
                Fixtures.manifest(folder, request("a", "fibonacci", number(1)), request("a", "fibonacci", number(2)));
        for (int time = 0; time < 2; time++) {
            String said = say(
                    0,
                    "run",
                    "--no-prove",
                    "--manifest",
                    manifest.toString(),
                    "--warehouse",
                    folder.resolve("w").toString(),
                    "--reports",
                    folder.resolve("r").toString());
            assertTrue(said.contains("request_id_taken"), said);
        }
        assertEquals(List.of("a"), executions());
    }

    @Test
    void anElfIsPrintedWithoutSpark() {
        String elf = Fixtures.guest("fibonacci").toString();
        String text = say(0, "inspect", "elf", elf);
        assertTrue(text.contains("hash"), text);
        assertTrue(say(0, "inspect", "elf", elf, "--json").contains("\"program_hash\""), text);
        say(3, "inspect", "elf", Fixtures.root().resolve("pom.xml").toString());
        say(2, "inspect");
        say(2, "ingest", "--nonsense");
    }

    private static String say(int status, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        var line = Firesteel.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        assertEquals(status, line.execute(arguments), out + "\n" + err);
        return out.toString();
    }
}
