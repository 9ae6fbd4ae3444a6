-- key: program_hash, input_hash, parameters_hash, code_version
CREATE TABLE IF NOT EXISTS ${table} (
  program_hash STRING NOT NULL COMMENT 'the program, as in programs',
  input_hash STRING NOT NULL COMMENT 'SHA-256 of the input',
  parameters_hash STRING NOT NULL COMMENT 'SHA-256 of the execution and proof parameters, 64 hex digits',
  code_version STRING NOT NULL COMMENT 'version of Firesteel that committed it',
  execution_parameters_hash STRING NOT NULL COMMENT 'parameters_hash of the execution, as in executions and segments',
  preset STRING NOT NULL COMMENT 'security preset',
  segment_count INT NOT NULL COMMENT 'segments whose commitments the challenge depends on: all of the execution',
  cycles BIGINT NOT NULL COMMENT 'instructions of all segments',
  statement BINARY NOT NULL COMMENT 'output and exit code that are to be proved (docs/core-proof.md)',
  key_hash STRING NOT NULL COMMENT 'SHA-256 of the program key, as in program_keys, 64 hex digits',
  challenge BINARY NOT NULL COMMENT 'the challenge and the proof of work before it (docs/core-proof.md)',
  run_id STRING NOT NULL COMMENT 'run that wrote the row',
  committed_at TIMESTAMP NOT NULL COMMENT 'when, UTC'
) USING delta COMMENT 'One row per execution whose segments are all committed: its segments can be proved';
ALTER TABLE ${table} ADD CONSTRAINT counts_positive CHECK (segment_count > 0 AND cycles > 0);
