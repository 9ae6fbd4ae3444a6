package dev.firesteel.jobs.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firesteel.jobs.ingest.ethereum.Block;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockWitnessTest {
    private final SyntheticBlock block = new SyntheticBlock(100);

    @Test
    void aWitnessThatKeepsEveryInvariantIsRead() throws Exception {
        Block decoded = block.witness().check(100);
        assertEquals(100, decoded.header().number());
        assertEquals(21000, decoded.header().gasUsed());
        assertEquals(1, decoded.transactionCount());
        assertEquals(7L, decoded.chainId());
    }

    @Test
    void codesAndNodesMayRepeat() throws Exception {
        block.codes.add(block.codes.get(0));
        block.state.add(block.state.get(0));
        block.witness().check(100);
    }

    @Test
    void theEmptyTrieIsANodeOfAccountsWithoutStorage() {
        block.state.add(new byte[] {(byte) 0x80});
        // Here no account has it: it is not reachable, but it is a node.
        refused("unreachable_node");
    }

    @Test
    void anotherParentIsRefused() {
        block.headers.set(0, new SyntheticBlock(50).headers.get(0));
        refused("parent_hash");
    }

    @Test
    void ancestorsThatDoNotFollowEachOtherAreRefused() {
        block.headers.add(0, new SyntheticBlock(50).headers.get(0));
        refused("parent_hash");
    }

    @Test
    void aMissingParentIsRefused() {
        block.headers.clear();
        refused("parent_missing");
    }

    @Test
    void aMissingStateRootIsRefused() {
        block.state.remove(0);
        refused("state_root_missing");
    }

    @Test
    void aNodeThatNothingLeadsToIsRefused() {
        block.state.add(SyntheticBlock.list(
                SyntheticBlock.string(new byte[] {0x20}), SyntheticBlock.string(new byte[] {1, 2})));
        refused("unreachable_node");
    }

    @Test
    void aCodeThatNoAccountNamesIsRefused() {
        block.codes.add(new byte[] {1, 2, 3});
        refused("unknown_code");
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        block.keys.add(new byte[21]);
        refused("bad_key");
    }

    @Test
    void brokenRlpIsRefused() {
        block.block = List.of(block.block).get(0).clone();
        block.block[0] = 0x05;
        refused("bad_rlp");
    }

    @Test
    void aBlockUnderAnotherNumberIsRefused() {
        assertEquals(
                "block_number",
                assertThrows(Refused.class, () -> block.witness().check(101)).reasonClass());
    }

    private void refused(String reasonClass) {
        var e = assertThrows(Refused.class, () -> block.witness().check(100));
        assertEquals(reasonClass, e.reasonClass(), e.getMessage());
    }
}
