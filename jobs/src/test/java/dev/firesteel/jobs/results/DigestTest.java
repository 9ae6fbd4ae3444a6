package dev.firesteel.jobs.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DigestTest {
    @Property
    void itsTextIsThatOfTheWholeInput(@ForAll byte[] first, @ForAll byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);

        Digest digest = Digest.of(Strings.sha256(), first, second);

        assertEquals(Strings.sha256(both), digest.hex());
        assertEquals(digest, Digest.of(Strings.sha256(), both));
    }

    /** Tables hold identities for years: the bytes that are hashed may not change. */
    @Test
    void theIdentityOfAResultIsThatOfItsContentAndItsRun() {
        Digest content = Digest.of(Strings.sha256(), "file".getBytes(StandardCharsets.UTF_8));
        RunPlace place = new RunPlace(RunPlace.MARGINAL, "proving", "h", "set", "reth", null, "zisk", "0.16.1", 3);

        String told = "\u00fe" + content.hex() + "\u00fezisk\u00fe0.16.1\u00fereth\u00ff\u00fe3\u00femachine";
        assertEquals(
                Strings.sha256(told.getBytes(StandardCharsets.ISO_8859_1)),
                ResultRows.resultId(content, ResultRows.runIdentity(place, "machine"))
                        .hex());
    }
}
