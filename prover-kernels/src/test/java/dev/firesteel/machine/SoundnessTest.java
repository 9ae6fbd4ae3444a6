package dev.firesteel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firesteel.examples.ExampleMachine;
import dev.firesteel.examples.ExampleMachines;
import dev.firesteel.pcs.SecurityPreset;
import dev.firesteel.poly.Parallel;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoundnessTest {
    @Test
    void thePagesAreWhatTheCodeSays() throws IOException {
        for (var page : SecurityPages.all().entrySet()) {
            Path file = Path.of("..", "docs", "security", page.getKey());
            assertEquals(
                    page.getValue(),
                    Files.readString(file),
                    file + ": run scripts/firesteel local security --output docs/security");
        }
    }

    @ParameterizedTest
    @EnumSource(names = "TEST_FAST", mode = EnumSource.Mode.EXCLUDE)
    void aPresetIsWorthWhatItsNameSays(SecurityPreset preset) {
        assertTrue(Soundness.bits(preset, SecurityPages.SEGMENT) >= preset.bits());
        assertEquals("provable-" + preset.bits(), preset.label());
    }

    /** The queries' error as an exact fraction: (3/4)^261 · 2^−20 at rate 1/2. */
    @Test
    void theQueriesErrorIsLessThanClaimedExactly() {
        for (SecurityPreset preset : List.of(SecurityPreset.PROVABLE_100, SecurityPreset.PROVABLE_128)) {
            var p = preset.opening();
            assertEquals(1, p.logBlowup());
            BigInteger three = BigInteger.valueOf(3).pow(p.queries());
            // 3^q / 4^q / 2^work <= 2^−bits
            assertTrue(three.bitLength() <= 2 * p.queries() + p.queryGrinding() - preset.bits());
            BigInteger oneLess = BigInteger.valueOf(3).pow(p.queries() - 1);
            BigDecimal claimed = new BigDecimal(oneLess)
                    .divide(new BigDecimal(BigInteger.ONE.shiftLeft(2 * (p.queries() - 1))), MathContext.DECIMAL128)
                    .divide(new BigDecimal(BigInteger.ONE.shiftLeft(p.queryGrinding())), MathContext.DECIMAL128);
            BigDecimal bound = BigDecimal.ONE.divide(
                    new BigDecimal(BigInteger.ONE.shiftLeft(preset.bits())), MathContext.DECIMAL128);
            assertTrue(claimed.compareTo(bound) > 0, "one query less would do");
        }
    }

    @Test
    void aKeyThatWouldBeWorthLessCannotBeMade() {
        ExampleMachine keccak = ExampleMachines.named("keccak-f").orElseThrow();
        try (Parallel parallel = new Parallel(1)) {
            var instance = keccak.instance(3, 1);
            Machine machine = Machine.of("keccak-f", keccak.chips());
            ProvingKey.setup(SecurityPreset.PROVABLE_128, machine, 22, instance.preprocessed(), parallel);
            Soundness.Shape huge = new Soundness.Shape(24, 1L << 20, 23, 1L << 16, 1L << 20, 40, 64);
            assertTrue(Soundness.bits(SecurityPreset.PROVABLE_128, huge) < 128);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ProvingKey.setup(
                            SecurityPreset.PROVABLE_128, machine, 25, instance.preprocessed(), parallel));
        }
    }
}
