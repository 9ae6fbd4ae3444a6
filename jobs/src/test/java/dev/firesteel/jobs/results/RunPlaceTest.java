package dev.firesteel.jobs.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RunPlaceTest {
    private static RunPlace place(String path) {
        return RunPlace.locate(List.of(path.split("/"))).place();
    }

    private static RunPlace tree(
            String action,
            String hardware,
            String set,
            String client,
            String clientVersion,
            String zkvm,
            String version) {
        return new RunPlace(RunPlace.TREE, action, hardware, set, client, clientVersion, zkvm, version, null);
    }

    @Test
    void theCurrentLayout() {
        assertEquals(
                tree("proving", "8x5090", "eest-fd1dd63", "reth", "1.11.0", "zisk", "0.16.1"),
                place("home/me/data/proving/8x5090/eest-fd1dd63/reth-v1.11.0/zisk-v0.16.1"));
        assertEquals(
                tree("execution", "1xL40s", "eest-fd1dd63", "ethrex", "33695e2", "sp1", "5.2.1"),
                place("executions/1xL40s/eest-fd1dd63/ethrex-33695e2/sp1-v5.2.1"));
    }

    @Test
    void theOlderLayoutByGasLimitWithAndWithoutItsTop() {
        RunPlace expected = tree("proving", "8x5090", "60M-gas-limit", "reth", null, "zisk", "0.15.0");
        assertEquals(expected, place("data/proving/8x5090/60M-gas-limit/reth/zisk-v0.15.0"));
        assertEquals(
                tree(null, "8x5090", "60M-gas-limit", "reth", null, "zisk", "0.15.0"),
                place("somewhere/8x5090/60M-gas-limit/reth/zisk-v0.15.0"));
    }

    @Test
    void aFixtureSetOfSeveralFolders() {
        assertEquals(
                tree("proving", "8x5090", "eest-365433e/5M-gas-limit", "ethrex", "9.0.0", "zisk", "0.15.0"),
                place("proving/8x5090/eest-365433e/5M-gas-limit/ethrex-v9.0.0/zisk-v0.15.0"));
        assertEquals(
                tree("proving", "1xL40s", "10M-gas-limit/eest-benchmark", "reth", null, "sp1", "5.1.0"),
                place("proving/1xL40s/10M-gas-limit/reth/eest-benchmark/sp1-v5.1.0"));
    }

    @Test
    void theClientLevelMayBeMissing() {
        assertEquals(
                tree("proving", "8x5090", "bloatnet", null, null, "zisk", "0.16.1"),
                place("proving/8x5090/bloatnet/zisk-v0.16.1"));
        assertEquals(
                tree("verification", "size-ccx43-x64", null, null, null, "sp1", "5.2.4"),
                place("verification/size-ccx43-x64/sp1-v5.2.4"));
        assertEquals(
                tree("proving", "1xL40s", "eest-benchmark-v0.0.9", null, null, "sp1", "5.0.8"),
                place("proving/1xL40s/eest-benchmark-v0.0.9/sp1-v5.0.8"));
    }

    @Test
    void theZkvmLevelMayBeMissing() {
        assertEquals(
                tree("proving", "8x5090", "eest-fd1dd63", "reth", null, null, null),
                place("proving/8x5090/eest-fd1dd63/reth"));
        assertEquals(tree("proving", null, null, null, null, null, null), place("x/proving"));
    }

    @Test
    void theRunnersOwnOutputFolder() {
        assertEquals(
                tree(null, null, null, "reth", "1.11.0", "zisk", "0.16.1"),
                place("home/me/zkevm-metrics/reth-v1.11.0/zisk-v0.16.1"));
    }

    @Test
    void theMarginalRunnersLayoutNumbersItsSamples() {
        assertEquals(
                new RunPlace(RunPlace.MARGINAL, "execution", null, null, "reth", null, "sp1", "5.2.4", null),
                place("results/sp1/execute/reth/sp1-v5.2.4"));
        assertEquals(
                new RunPlace(RunPlace.MARGINAL, "proving", null, null, "reth", null, "sp1", "5.2.4", 3),
                place("results/sp1/prove/sample-3/reth/sp1-v5.2.4"));
        assertEquals(
                new RunPlace(RunPlace.MARGINAL, "proving", null, null, "reth", null, "sp1", "5.2.4", 2),
                place("results/sp1/sample-2/prove/reth/sp1-v5.2.4"));
        assertNull(place("results/prove/sample-0x/reth/sp1-v5.2.4").sample());
    }

    @Test
    void theZkvmsVersionFollowsTheLastV() {
        assertEquals(List.of("zi-v2-sk", "0.16.1-rc1"), List.of(PlaceNames.splitZkvm("zi-v2-sk-v0.16.1-rc1")));
        assertEquals("sp1", PlaceNames.splitZkvm("sp1")[0]);
        assertNull(PlaceNames.splitZkvm("sp1")[1]);
        assertNull(PlaceNames.splitZkvm("sp1-v")[1]);
    }

    @Test
    void theClientsVersionIsAVersionOrACommit() {
        assertEquals(List.of("go-ethereum", "1.15.0"), List.of(PlaceNames.splitClient("go-ethereum-v1.15.0")));
        assertEquals(List.of("ethrex", "b9d3ef6"), List.of(PlaceNames.splitClient("ethrex-b9d3ef6")));
        assertNull(PlaceNames.splitClient("go-ethereum")[1]);
    }

    @Property(tries = 2000)
    void foldersThatAreWrittenAreReadAsTheSamePlace(@ForAll("levels") @Size(max = 7) List<String> folders) {
        RunPlace place = RunPlace.locate(folders).place();
        String action = place.action() == null ? "proving" : place.action();
        RunPlace again = RunPlace.locate(place.folders(action)).place();
        RunPlace expected = new RunPlace(
                place.layout(),
                action,
                place.hardwareFolder(),
                place.fixtureSet(),
                place.client(),
                place.clientVersion(),
                place.zkvm(),
                place.zkvmVersion(),
                place.sample());
        assertEquals(expected, again);
    }

    @Provide
    Arbitrary<List<String>> levels() {
        return Arbitraries.of(
                        "proving",
                        "executions",
                        "verification",
                        "prove",
                        "execute",
                        "sample-1",
                        "sample-12",
                        "8x5090",
                        "1xL40s",
                        "eest-fd1dd63",
                        "eest-benchmark-v0.0.9",
                        "10M-gas-limit",
                        "bloatnet",
                        "mainnet-1-2",
                        "reth",
                        "reth-v1.11.0",
                        "reth-1.2.3",
                        "reth-v9",
                        "ethrex-33695e2",
                        "my-client-v2.0",
                        "foo",
                        "zisk",
                        "zisk-v0.16.1",
                        "sp1-v5.2.1-v2",
                        "risc0",
                        "unknown-hardware",
                        "zkevm-metrics",
                        "reth-box",
                        "-v1",
                        "new-v3")
                .list();
    }
}
