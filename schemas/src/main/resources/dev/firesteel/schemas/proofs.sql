-- key: proof_id
CREATE TABLE IF NOT EXISTS ${table} (
  proof_id STRING NOT NULL COMMENT 'SHA-256 of statement, key and type, 64 hex digits',
  proof_type STRING NOT NULL COMMENT 'core, compressed or wrapped',
  layer STRING NOT NULL COMMENT 'lift, join, request, range or wrap',
  request_id STRING COMMENT 'request it proves; NULL for a range',
  program_hash STRING COMMENT 'program it proves; NULL for a range',
  first_block BIGINT COMMENT 'first block of a range',
  last_block BIGINT COMMENT 'last block of a range',
  statement BINARY NOT NULL COMMENT 'public values that the proof is about',
  key_hash STRING NOT NULL COMMENT 'hash of the verifying key',
  preset STRING NOT NULL COMMENT 'security preset',
  proof BINARY NOT NULL COMMENT 'the proof; verified before it was written',
  proof_bytes BIGINT NOT NULL COMMENT 'size of proof, bytes',
  parents ARRAY<STRING> NOT NULL COMMENT 'proofs that it folds, in order',
  proving_ms DOUBLE NOT NULL COMMENT 'wall time of the prover, milliseconds',
  verification_ms DOUBLE NOT NULL COMMENT 'wall time of the verifier, milliseconds',
  peak_host_bytes BIGINT COMMENT 'peak host memory, bytes',
  code_version STRING NOT NULL COMMENT 'version of Firesteel that proved it',
  run_id STRING NOT NULL COMMENT 'run that wrote the row',
  proved_at TIMESTAMP NOT NULL COMMENT 'when, UTC'
) USING delta COMMENT 'One row per aggregated proof. Nothing writes it before aggregation exists';
ALTER TABLE ${table} ADD CONSTRAINT proof_not_empty CHECK (proof_bytes > 0 AND proof_bytes = length(proof));
ALTER TABLE ${table} ADD CONSTRAINT type_known CHECK (proof_type IN ('core', 'compressed', 'wrapped'));
