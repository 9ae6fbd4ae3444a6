-- key: request_id, program_hash, input_hash, parameters_hash, code_version
CREATE TABLE IF NOT EXISTS ${table} (
  request_id STRING NOT NULL COMMENT 'the request, as in witness',
  program_hash STRING NOT NULL COMMENT 'the program, as in programs',
  input_hash STRING NOT NULL COMMENT 'SHA-256 of the input',
  parameters_hash STRING NOT NULL COMMENT 'SHA-256 of the execution parameters (cycle limit, memory limit, segment limits), 64 hex digits',
  code_version STRING NOT NULL COMMENT 'version of Firesteel that ran it',
  run_id STRING NOT NULL COMMENT 'run that wrote the row, as in runs',
  program_name STRING NOT NULL COMMENT 'name of the program',
  kind STRING NOT NULL COMMENT 'what the request stands for, as in witness',
  chain_id BIGINT COMMENT 'as in witness',
  block_number BIGINT COMMENT 'as in witness',
  fixture_name STRING COMMENT 'as in witness',
  opcode STRING COMMENT 'as in witness',
  op_count BIGINT COMMENT 'as in witness',
  gas_used BIGINT COMMENT 'as in witness, gas',
  transaction_count BIGINT COMMENT 'as in witness',
  parameters MAP<STRING, STRING> NOT NULL COMMENT 'as in witness',
  outcome STRING NOT NULL COMMENT 'halted, trapped, cycle_limit or memory_limit',
  exit_code INT COMMENT 'full 32-bit exit code; NULL unless halted',
  trap STRING COMMENT 'name of the trap; NULL unless trapped',
  trap_pc BIGINT COMMENT 'address of the instruction that trapped; NULL unless trapped',
  expected_matched BOOLEAN COMMENT 'output and exit code are the expected ones; NULL when nothing was expected',
  output BINARY NOT NULL COMMENT 'public output',
  output_bytes BIGINT NOT NULL COMMENT 'size of output, bytes',
  output_sha256 STRING NOT NULL COMMENT 'SHA-256 of output, 64 hex digits',
  input_bytes BIGINT NOT NULL COMMENT 'size of input, bytes',
  cycles BIGINT NOT NULL COMMENT 'executed instructions',
  segment_count INT NOT NULL COMMENT 'segments that the execution was cut into',
  misaligned_accesses BIGINT NOT NULL COMMENT 'loads and stores whose address is not a multiple of their width',
  touched_words BIGINT NOT NULL COMMENT 'distinct 8-byte memory words read or written',
  family_counts MAP<STRING, BIGINT> NOT NULL COMMENT 'executed instructions per family',
  accelerator_calls MAP<STRING, BIGINT> NOT NULL COMMENT 'calls per accelerator; empty when none was called',
  cost BIGINT NOT NULL COMMENT 'what proving it will cost by cost_metric (docs/cost-metric.md)',
  cost_metric STRING NOT NULL COMMENT 'name and version of the cost metric',
  execution_ms DOUBLE NOT NULL COMMENT 'wall time of the emulator, milliseconds',
  executor_id STRING NOT NULL COMMENT 'Spark executor that ran it',
  host STRING NOT NULL COMMENT 'host that ran it',
  executed_at TIMESTAMP NOT NULL COMMENT 'when it ended, UTC'
) USING delta COMMENT 'One row per executed request';
ALTER TABLE ${table} ADD CONSTRAINT outcome_known CHECK (outcome IN ('halted', 'trapped', 'cycle_limit', 'memory_limit'));
ALTER TABLE ${table} ADD CONSTRAINT exit_code_iff_halted CHECK ((exit_code IS NOT NULL) = (outcome = 'halted'));
ALTER TABLE ${table} ADD CONSTRAINT trap_iff_trapped CHECK ((trap IS NOT NULL) = (outcome = 'trapped'));
ALTER TABLE ${table} ADD CONSTRAINT counts_non_negative CHECK (cycles >= 0 AND segment_count >= 0 AND misaligned_accesses >= 0 AND touched_words >= 0 AND execution_ms >= 0);
