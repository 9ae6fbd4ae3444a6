-- key: proof_id, content_hash, code_version
CREATE TABLE IF NOT EXISTS ${table} (
  proof_id STRING NOT NULL COMMENT 'the proof, as in proofs',
  content_hash STRING NOT NULL COMMENT 'SHA-256 of all that was looked at: proof, key, statement, what it was compared with; 64 hex digits',
  code_version STRING NOT NULL COMMENT 'version of Firesteel that verified',
  request_id STRING COMMENT 'request that it proves; NULL for a range',
  verified BOOLEAN NOT NULL COMMENT 'the proof is valid and what it proves is what executions says',
  reason STRING COMMENT 'one line on why not; NULL when verified',
  insecure_allowed BOOLEAN NOT NULL COMMENT 'keys of insecure presets were accepted: then verified means nothing',
  key_remade BOOLEAN NOT NULL COMMENT 'the key was made anew from the program, not believed',
  preset STRING NOT NULL COMMENT 'security preset of the key; empty when the key cannot be read',
  proof_bytes BIGINT NOT NULL COMMENT 'size of the proof, bytes',
  verification_ms DOUBLE NOT NULL COMMENT 'wall time of the verifier, milliseconds',
  executor_id STRING NOT NULL COMMENT 'Spark executor that verified it',
  host STRING NOT NULL COMMENT 'host that verified it',
  run_id STRING NOT NULL COMMENT 'run that wrote the row',
  verified_at TIMESTAMP NOT NULL COMMENT 'when, UTC'
) USING delta COMMENT 'One row per proof, content and version of the verifier';
ALTER TABLE ${table} ADD CONSTRAINT reason_iff_not_verified CHECK ((reason IS NULL) = verified);
ALTER TABLE ${table} ADD CONSTRAINT counts_non_negative CHECK (proof_bytes >= 0 AND verification_ms >= 0);
