package dev.firesteel.schemas;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A row of {@code benchmark_results}: one result file of the ecosystem, or one run of our own in the same shape. Nullable
 * columns are nullable here; {@code docs/results.md} says what each means.
 *
 * @param resultId SHA-256, hex, of content_sha256 and of the run: zkVM, client, their versions, hardware, sample
 * @param contentSha256 SHA-256, hex, of the canonical form of the file, which is the form that export-results writes
 * @param sourcePath where the row was first read, from the top folder of its layout, separated by /; provenance only
 * @param schemaVersion lowest of the six versions of the file format that has all members of this file: 1 to 6
 * @param layout tree: &lt;action&gt;/&lt;hardware&gt;/&lt;set&gt;/&lt;client&gt;/&lt;zkvm&gt;; marginal: execute/&lt;client&gt;/&lt;zkvm&gt; or prove/sample-N/&lt;client&gt;/&lt;zkvm&gt;
 * @param name name of the fixture or block, from the file, else the stem of the file name
 * @param action execution, proving or verification: the top folder, else what the file holds
 * @param completedAt when the run ended (UTC, microseconds); NULL in files of schema version 1
 * @param completedNanos nanoseconds within the second of completed_at, 0 to 999999999: the file has nine digits, a timestamp six; NULL with it
 * @param zkvm name of the zkVM; NULL when the folder level is missing
 * @param zkvmVersion version of the zkVM: what follows the last -v of its folder; NULL when there is none
 * @param client execution client; NULL when the folder level is missing
 * @param clientVersion version or commit of the client, without a leading v; NULL when not told
 * @param fixtureSet folder or folders between hardware and client, for example eest-fd1dd63 or 10M-gas-limit; NULL when missing
 * @param sample number of the proving sample in the marginal layout, from 1; NULL elsewhere
 * @param runMetadata members of run-metadata.json of the marginal runner as text; NULL when there is none
 * @param hardwareFolder name of the hardware folder: a label, which does not identify the machine; NULL when missing
 * @param hardwareSha256 identity of the hardware: SHA-256, hex, of CPU model, memory and GPU models from hardware.json; NULL without that file
 * @param cpuModel CPU model from hardware.json; NULL when not told
 * @param totalRamGib memory of the machine in GiB from hardware.json; NULL when not told
 * @param gpuModels GPU models from hardware.json, one entry a GPU, sorted; NULL without that file
 * @param opcode operation that a marginal fixture varies, from its name; NULL for other fixtures
 * @param opCount total number of that operation in the block, from the name; NULL when the name has none
 * @param gasLimit gas limit in gas, from the name, else from the folder &lt;N&gt;M-gas-limit; NULL when neither tells
 * @param gasUsed gas used by the block (block_used_gas), gas; NULL when not told
 * @param fixtureFormat metadata.fixture_format, for example eest; NULL before schema version 6
 * @param originalTestName metadata.original_test_name; NULL before schema version 6
 * @param fixtureSourcePath metadata.source_path: fixture file; NULL before schema version 6
 * @param blockIndex metadata.block_index: position of the block in its fixture; NULL before schema version 6
 * @param network metadata.network: fork; NULL before schema version 6
 * @param chainId metadata.chain_id; NULL before schema version 6
 * @param blockNumber metadata.block_number, else the number in a name rpc_block_&lt;number&gt;; NULL when neither tells
 * @param opcodeCount metadata.opcode_count: executions of each opcode in the block; NULL when empty or not told
 * @param executionOutcome success or crashed; NULL when the file holds no execution
 * @param executionOutputMatched whether the public output was the expected one; NULL when not told (before schema version 6)
 * @param cycles total cycles of the execution; NULL when not measured, which files write as 0
 * @param regionCycles cycles by region; regions nest and do not add up to the total; NULL when empty or not told
 * @param executionNs duration of the execution, ns; NULL when not told
 * @param executionCrashClass class of the crash of the execution (docs/results.md); NULL unless it crashed
 * @param executionCrashReason text of the crash as written; NULL unless it crashed
 * @param executionCensoredMs right-censored: the execution took longer than this, ms; NULL unless a time-out told its limit
 * @param provingOutcome success or crashed; NULL when the file holds no proving
 * @param provingOutputMatched whether the public output was the expected one; NULL when not told (before schema version 6)
 * @param proofBytes size of the proof, bytes; NULL when not told
 * @param provingMs proving time, ms; NULL when not told
 * @param provingVerificationMs verification right after proving, ms; NULL when not told (before schema version 4)
 * @param peakMemoryBytes peak memory while proving, bytes; NULL when not told
 * @param provingCrashClass class of the crash of proving (docs/results.md); NULL unless it crashed
 * @param provingCrashReason text of the crash as written; NULL unless it crashed
 * @param provingCensoredMs right-censored: proving took longer than this, ms; NULL unless a time-out told its limit
 * @param verificationOutcome success or crashed; NULL when the file holds no separate verification (before schema version 5)
 * @param verifiedProofBytes size of the proof that was verified apart, bytes; NULL when not told
 * @param verificationMs time of the separate verification, ms; NULL when not told
 * @param verificationCrashClass class of the crash of the verification (docs/results.md); NULL unless it crashed
 * @param verificationCrashReason text of the crash as written; NULL unless it crashed
 * @param verificationCensoredMs right-censored: verification took longer than this, ms; NULL unless a time-out told its limit
 * @param extra members of the file that no column holds: JSON pointer to JSON text; NULL when there is none
 * @param importedAt when the row was imported (UTC, microseconds)
 */
public record BenchmarkResult(
        String resultId,
        String contentSha256,
        String sourcePath,
        int schemaVersion,
        String layout,
        String name,
        String action,
        Instant completedAt,
        Integer completedNanos,
        String zkvm,
        String zkvmVersion,
        String client,
        String clientVersion,
        String fixtureSet,
        Integer sample,
        Map<String, String> runMetadata,
        String hardwareFolder,
        String hardwareSha256,
        String cpuModel,
        Long totalRamGib,
        List<String> gpuModels,
        String opcode,
        Long opCount,
        Long gasLimit,
        Long gasUsed,
        String fixtureFormat,
        String originalTestName,
        String fixtureSourcePath,
        Long blockIndex,
        String network,
        Long chainId,
        Long blockNumber,
        Map<String, Long> opcodeCount,
        String executionOutcome,
        Boolean executionOutputMatched,
        Long cycles,
        Map<String, Long> regionCycles,
        Long executionNs,
        String executionCrashClass,
        String executionCrashReason,
        Long executionCensoredMs,
        String provingOutcome,
        Boolean provingOutputMatched,
        Long proofBytes,
        Long provingMs,
        Long provingVerificationMs,
        Long peakMemoryBytes,
        String provingCrashClass,
        String provingCrashReason,
        Long provingCensoredMs,
        String verificationOutcome,
        Long verifiedProofBytes,
        Long verificationMs,
        String verificationCrashClass,
        String verificationCrashReason,
        Long verificationCensoredMs,
        Map<String, String> extra,
        Instant importedAt) {}
