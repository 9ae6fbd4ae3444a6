-- key: program_hash, input_hash, parameters_hash, code_version, segment_index
CREATE TABLE IF NOT EXISTS ${table} (
  program_hash STRING NOT NULL COMMENT 'the program, as in programs',
  input_hash STRING NOT NULL COMMENT 'SHA-256 of the input',
  parameters_hash STRING NOT NULL COMMENT 'SHA-256 of the execution and proof parameters, as in challenges, 64 hex digits',
  code_version STRING NOT NULL COMMENT 'version of Firesteel that proved it',
  segment_index INT NOT NULL COMMENT 'the segment, as in segments',
  preset STRING NOT NULL COMMENT 'security preset',
  proof BINARY NOT NULL COMMENT 'the proof; verified before it was written',
  proof_bytes BIGINT NOT NULL COMMENT 'size of proof, bytes',
  cycles BIGINT NOT NULL COMMENT 'instructions proved',
  committed_cells BIGINT NOT NULL COMMENT 'field elements committed',
  proving_ms DOUBLE NOT NULL COMMENT 'wall time of the prover, without set-up, milliseconds',
  phase_ms MAP<STRING, DOUBLE> NOT NULL COMMENT 'wall time of the prover by phase, milliseconds',
  setup_ms DOUBLE NOT NULL COMMENT 'time to have the proving key in memory; 0 when it was there, milliseconds',
  verification_ms DOUBLE NOT NULL COMMENT 'wall time of the verifier, milliseconds',
  peak_host_bytes BIGINT COMMENT 'peak heap of the executor meanwhile; NULL when it proved other segments too, bytes',
  peak_device_bytes BIGINT COMMENT 'peak device memory, bytes; NULL on a CPU',
  backend STRING NOT NULL COMMENT 'cpu-scalar, cpu-vector or cuda',
  threads INT NOT NULL COMMENT 'threads of the prover',
  cold BOOLEAN NOT NULL COMMENT 'first proof on its executor; left out of fits',
  attempt INT NOT NULL COMMENT 'attempt that succeeded, from 0',
  executor_id STRING NOT NULL COMMENT 'Spark executor that proved it',
  host STRING NOT NULL COMMENT 'host that proved it',
  run_id STRING NOT NULL COMMENT 'run that wrote the row',
  proved_at TIMESTAMP NOT NULL COMMENT 'when, UTC'
) USING delta COMMENT 'One row per proved segment';
ALTER TABLE ${table} ADD CONSTRAINT proof_not_empty CHECK (proof_bytes > 0 AND proof_bytes = length(proof));
ALTER TABLE ${table} ADD CONSTRAINT times_non_negative CHECK (proving_ms >= 0 AND setup_ms >= 0 AND verification_ms >= 0 AND threads > 0 AND attempt >= 0);
