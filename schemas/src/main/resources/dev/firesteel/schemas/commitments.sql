-- key: program_hash, input_hash, parameters_hash, code_version, segment_index
CREATE TABLE IF NOT EXISTS ${table} (
  program_hash STRING NOT NULL COMMENT 'the program, as in programs',
  input_hash STRING NOT NULL COMMENT 'SHA-256 of the input',
  parameters_hash STRING NOT NULL COMMENT 'SHA-256 of the execution and proof parameters, 64 hex digits',
  code_version STRING NOT NULL COMMENT 'version of Firesteel that committed it',
  segment_index INT NOT NULL COMMENT 'the segment, as in segments',
  commitment BINARY NOT NULL COMMENT 'what the segment claims and the root of its boundary tables (docs/core-proof.md)',
  run_words BINARY COMMENT 'all words of the execution with first and last values, for the first segment; NULL for others',
  touched_words BIGINT NOT NULL COMMENT 'words and registers that it shares with other segments',
  commit_ms DOUBLE NOT NULL COMMENT 'wall time to execute it again and to commit its boundary, milliseconds',
  executor_id STRING NOT NULL COMMENT 'Spark executor that committed it',
  host STRING NOT NULL COMMENT 'host that committed it',
  run_id STRING NOT NULL COMMENT 'run that wrote the row',
  committed_at TIMESTAMP NOT NULL COMMENT 'when, UTC'
) USING delta COMMENT 'One row per segment whose boundary is committed';
ALTER TABLE ${table} ADD CONSTRAINT words_iff_first CHECK ((run_words IS NOT NULL) = (segment_index = 0));
ALTER TABLE ${table} ADD CONSTRAINT counts_non_negative CHECK (segment_index >= 0 AND touched_words > 0 AND commit_ms >= 0);
