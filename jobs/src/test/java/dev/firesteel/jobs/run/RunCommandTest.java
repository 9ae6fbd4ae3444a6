package dev.firesteel.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.jobs.cli.Firesteel;
import dev.firesteel.jobs.ingest.Fixtures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
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
