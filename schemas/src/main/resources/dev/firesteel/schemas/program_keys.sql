-- key: key_hash
CREATE TABLE IF NOT EXISTS ${table} (
  key_hash STRING NOT NULL COMMENT 'SHA-256 of program_key, 64 hex digits',
  program_hash STRING NOT NULL COMMENT 'the program, as in programs',
  preset STRING NOT NULL COMMENT 'security preset',
  code_version STRING NOT NULL COMMENT 'version of Firesteel that made it first',
  program_key BINARY NOT NULL COMMENT 'what a verifier needs of the program (docs/core-proof.md)',
  setup_ms DOUBLE NOT NULL COMMENT 'wall time to make it, milliseconds',
  run_id STRING NOT NULL COMMENT 'run that wrote the row',
  made_at TIMESTAMP NOT NULL COMMENT 'when, UTC'
) USING delta COMMENT 'One row per key of a program: what verify takes';
ALTER TABLE ${table} ADD CONSTRAINT setup_non_negative CHECK (setup_ms >= 0);
