-- key: proof_id
CREATE TABLE IF NOT EXISTS ${table} (
  proof_id STRING NOT NULL COMMENT 'SHA-256 of type, request, input, parameters, code version, key and statement, 64 hex digits',
  proof_type STRING NOT NULL COMMENT 'core (the proofs of all segments), compressed or wrapped',
  layer STRING NOT NULL COMMENT 'request for a core proof; lift, join, request, range or wrap',
  request_id STRING COMMENT 'request it proves; NULL for a range',
  program_hash STRING COMMENT 'program it proves; NULL for a range',
  input_hash STRING COMMENT 'SHA-256 of the input; NULL for a range',
  parameters_hash STRING NOT NULL COMMENT 'SHA-256 of the execution and proof parameters, as in challenges, 64 hex digits',
  execution_parameters_hash STRING COMMENT 'parameters_hash of the execution, as in executions; NULL for a range',
  first_block BIGINT COMMENT 'first block of a range',
  last_block BIGINT COMMENT 'last block of a range',
  statement BINARY NOT NULL COMMENT 'public values that the proof is about (docs/core-proof.md)',
  key_hash STRING NOT NULL COMMENT 'SHA-256 of the program key, as in program_keys, 64 hex digits',
  preset STRING NOT NULL COMMENT 'security preset',
  proof BINARY NOT NULL COMMENT 'the proof; verified before it was written',
  proof_bytes BIGINT NOT NULL COMMENT 'size of proof, bytes',
  parents ARRAY<STRING> NOT NULL COMMENT 'proofs that it folds, in order; none for a core proof, which holds the proofs of its segments',
  segment_count INT NOT NULL COMMENT 'segments that it covers',
  cycles BIGINT NOT NULL COMMENT 'instructions that it covers',
  proving_ms DOUBLE NOT NULL COMMENT 'sum of the wall times of all provers that had a part in it, milliseconds',
  verification_ms DOUBLE NOT NULL COMMENT 'wall time of the verifier, milliseconds',
  peak_host_bytes BIGINT COMMENT 'peak host memory, bytes',
  code_version STRING NOT NULL COMMENT 'version of Firesteel that proved it',
  run_id STRING NOT NULL COMMENT 'run that wrote the row',
  proved_at TIMESTAMP NOT NULL COMMENT 'when, UTC'
) USING delta COMMENT 'One row per proof of a request or a range';
ALTER TABLE ${table} ADD CONSTRAINT proof_not_empty CHECK (proof_bytes > 0 AND proof_bytes = length(proof));
ALTER TABLE ${table} ADD CONSTRAINT type_known CHECK (proof_type IN ('core', 'compressed', 'wrapped'));
