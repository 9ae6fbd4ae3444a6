package dev.firesteel.jobs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firesteel.jobs.ingest.ethereum.Block;
import dev.firesteel.jobs.ingest.ethereum.RlpException;
import dev.firesteel.jobs.spark.Digests;
import dev.firesteel.schemas.Witness;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * One fixture of a {@code blockchain_tests} file. Each of its blocks is a request; no guest runs them yet.
 *
 * @param file file that it comes from
 * @param name full name
 * @param json the fixture
 */
record EestFixture(String file, String name, JsonNode json) {
    /** How many blocks it has; throws {@link Refused} when it has no list of them. */
    int blocks() throws Refused {
        JsonNode blocks = json.get("blocks");
        if (blocks == null || !blocks.isArray() || blocks.isEmpty()) {
            throw new Refused("no_blocks", "fixture '" + name + "' has no blocks: not a blockchain test");
        }
        return blocks.size();
    }

    /** The request of block {@code index}; throws {@link Refused} with what is wrong with it. */
    Witness request(int index) throws Refused {
        JsonNode block = json.get("blocks").get(index);
        Map<String, String> parameters = new TreeMap<>();
        parameters.put("block_index", String.valueOf(index));
        put(parameters, "network", json.path("network"));
        put(parameters, "fixture_format", json.path("_info").path("fixture-format"));
        put(parameters, "expect_exception", block.path("expectException"));
        byte[] rlp = block.hasNonNull("rlp") ? hex(block, "rlp") : null;
        byte[] stateless = block.hasNonNull("statelessInputBytes") ? hex(block, "statelessInputBytes") : null;
        if (rlp == null && stateless == null) {
            throw new Refused("no_blocks", "block " + index + " has neither rlp nor statelessInputBytes");
        }
        if (stateless != null && stateless.length < 2) {
            throw new Refused(
                    "bad_stateless_input", "statelessInputBytes of " + stateless.length + " bytes has no tag");
        }
        if (stateless != null) {
            // The layout behind the tag has changed and will again: the tag says which one it is.
            parameters.put("fork_tag", HexFormat.of().formatHex(stateless, 0, 2));
        }
        parameters.put("input_format", stateless != null ? "stateless_ssz" : "block_rlp");
        boolean valid = !parameters.containsKey("expect_exception");
        Block decoded = decode(index, rlp, valid, block);
        JsonNode header = block.hasNonNull("blockHeader")
                ? block.get("blockHeader")
                : block.path("rlp_decoded").path("blockHeader");
        JsonNode transactions = block.has("transactions")
                ? block.get("transactions")
                : block.path("rlp_decoded").path("transactions");
        byte[] input = stateless != null ? stateless : rlp;
        FixtureName marginal = FixtureName.parse(name);
        return new Witness(
                name + "#" + index,
                null,
                input,
                Digests.sha256(input),
                input.length,
                marginal.marginal() ? "marginal" : "eest",
                chain(decoded),
                decoded != null ? Long.valueOf(decoded.header().number()) : number(header, "number"),
                name,
                marginal.opcode(),
                marginal.opCount(),
                decoded != null ? Long.valueOf(decoded.header().gasUsed()) : number(header, "gasUsed"),
                decoded != null
                        ? Long.valueOf(decoded.transactionCount())
                        : transactions.isArray() ? Long.valueOf(transactions.size()) : null,
                parameters,
                block.hasNonNull("statelessOutputBytes") ? hex(block, "statelessOutputBytes") : null,
                null,
                file);
    }

    /** The block, or null when it cannot be decoded and is not meant to be valid. */
    private Block decode(int index, byte[] rlp, boolean valid, JsonNode json) throws Refused {
        if (rlp == null) {
            return null;
        }
        Block block;
        try {
            block = Block.decode(rlp);
        } catch (RlpException e) {
            if (valid) {
                throw new Refused("bad_rlp", "block " + index + ": " + e.getMessage());
            }
            return null;
        }
        JsonNode hash = json.path("blockHeader").path("hash");
        if (valid
                && hash.isTextual()
                && !hash.textValue().equalsIgnoreCase(block.header().hash().toString())) {
            throw new Refused(
                    "block_hash",
                    "block " + index + " hashes to " + block.header().hash() + ", the fixture says "
                            + hash.textValue());
        }
        return block;
    }

    private Long chain(Block decoded) throws Refused {
        Long configured = number(json.path("config"), "chainid");
        return configured != null || decoded == null ? configured : decoded.chainId();
    }

    private static void put(Map<String, String> parameters, String key, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            parameters.put(key, value.asText());
        }
    }

    private static byte[] hex(JsonNode node, String field) throws Refused {
        return HexField.bytes(field, node.get(field).asText());
    }

    private static Long number(JsonNode node, String field) throws Refused {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            return value.canConvertToLong() && value.isIntegralNumber() ? Long.valueOf(value.longValue()) : null;
        }
        String text = value.textValue();
        try {
            BigInteger number = text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
            return number.bitLength() > 63 ? null : Long.valueOf(number.longValue());
        } catch (NumberFormatException e) {
            throw new Refused("bad_hex", field + ": '" + text + "' is not a number");
        }
    }
}
