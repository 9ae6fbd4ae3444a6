package dev.firesteel.jobs.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrashReasonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeout | Operation timed out after 300s",
                "timeout | zkVM method error: Timeout waiting for server proving",
                "timeout | status: DeadlineExceeded",
                "rpc_disconnect | RPC to zkVM server error: error InvalidArgument: error sending request for url (http://1.2.3.4:5/P)",
                "rpc_disconnect | called `Result::unwrap()` on an `Err` value: ReqwestError(reqwest::Error { kind: Decode })",
                "rpc_disconnect | hyper_util::client::legacy::Error(Connect, ConnectError(tcp connect error, timed out))",
                "rpc_disconnect | Connection reset by peer (os error 104)",
                "out_of_memory | CUDA error: out of memory",
                "out_of_memory | Command docker run failed with status: exit status: 137",
                "out_of_memory | memory allocation of 8589934592 bytes failed",
                "witness_generation | Prove failed: Proof error: Error generating witness for instance id 3 [1:2] of type Recursive2",
                "guest_panic | Failed to execute: Guest panicked: called `Result::unwrap()` on an `Err` value",
                "guest_panic | VM error: execution error: program exit code 1",
                "child_exit | Error during ASM execution: Child process returned error",
                "child_exit | Failed to execute `docker run`: Command failed with status: exit status: 125",
                "child_exit | zkVM method error: Server crashed",
                "emulator_fault | Emulator panicked: Mem::read() section not found for addr: 1=2 with width: 8",
                "emulator_fault | Command `ziskemu` exit with exit status: 1 stderr: EmulationNoCompleted",
                "emulator_fault | Prove panicked: Error during Assembly Memory Operations thread execution: Any { .. }",
                "cancelled | Prove failed: Error generating proof: Cancelled",
                "other | Failed to prove: Task error: Generic(verify segment)",
                "other | ''"
            })
    void everyReasonHasItsClass(String kind, String reason) {
        assertEquals(kind, CrashReason.of(reason).kind().label());
    }

    @ParameterizedTest
    @CsvSource({
        "Operation timed out after 300s, 300000",
        "Operation timed out after 1.5s, 1500",
        "timed out after 250 ms, 250",
        "timeout of 5 minutes exceeded, 300000",
        "timed out after 2h, 7200000"
    })
    void aTimeoutTellsItsLimit(String reason, long limitMs) {
        assertEquals(limitMs, CrashReason.of(reason).limitMs());
    }

    @Test
    void aTimeoutWithoutAFigureHasNoLimitAndNothingElseHasOne() {
        assertNull(CrashReason.of("Timeout waiting for server proving").limitMs());
        assertNull(CrashReason.of("Server crashed after 300s").limitMs());
    }

    @Test
    void theEndOfALongReasonDecidesToo() {
        String reason = "REPORT " + "-".repeat(500_000) + " stderr: Error during emulation: EmulationNoCompleted";
        assertEquals(CrashReason.Kind.EMULATOR_FAULT, CrashReason.of(reason).kind());
    }
}
