-- key: run_id, executor_id, program_hash, preset, set_up_at
CREATE TABLE IF NOT EXISTS ${table} (
  run_id STRING NOT NULL COMMENT 'run in whose time it was told',
  executor_id STRING NOT NULL COMMENT 'Spark executor; driver when Spark is embedded',
  program_hash STRING NOT NULL COMMENT 'the program, as in programs',
  preset STRING NOT NULL COMMENT 'security preset',
  set_up_at TIMESTAMP NOT NULL COMMENT 'when it was done, UTC',
  host STRING NOT NULL COMMENT 'host of the executor',
  preloaded BOOLEAN NOT NULL COMMENT 'before any task asked for the keys',
  cached BOOLEAN NOT NULL COMMENT 'the keys came from the key cache',
  kernel_test_ms DOUBLE NOT NULL COMMENT 'self-test of the kernels, in the first set-up of an executor, else about 0, milliseconds',
  key_ms DOUBLE NOT NULL COMMENT 'to load the program and to make or read its keys, milliseconds',
  warm_up_ms DOUBLE COMMENT 'the proof that was made to have the prover compiled, milliseconds; NULL when none was',
  code_version STRING NOT NULL COMMENT 'version of Firesteel'
) USING delta COMMENT 'One row per program that an executor has set up';
ALTER TABLE ${table} ADD CONSTRAINT times_non_negative CHECK (kernel_test_ms >= 0 AND key_ms >= 0);
