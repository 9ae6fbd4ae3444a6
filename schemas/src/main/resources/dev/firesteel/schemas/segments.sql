-- key: program_hash, input_hash, parameters_hash, code_version, segment_index
CREATE TABLE IF NOT EXISTS ${table} (
  program_hash STRING NOT NULL COMMENT 'the program, as in programs',
  input_hash STRING NOT NULL COMMENT 'SHA-256 of the input',
  parameters_hash STRING NOT NULL COMMENT 'SHA-256 of the execution parameters, as in executions',
  code_version STRING NOT NULL COMMENT 'version of Firesteel that cut it',
  segment_index INT NOT NULL COMMENT 'position in the execution, from 0',
  is_last BOOLEAN NOT NULL COMMENT 'the execution ends in this segment',
  start_cycle BIGINT NOT NULL COMMENT 'instructions executed before it',
  cycles BIGINT NOT NULL COMMENT 'instructions executed in it',
  start_pc BIGINT NOT NULL COMMENT 'address of its first instruction',
  end_pc BIGINT NOT NULL COMMENT 'address of the instruction after its last one',
  start_registers ARRAY<BIGINT> NOT NULL COMMENT '32 registers before it',
  end_registers ARRAY<BIGINT> NOT NULL COMMENT '32 registers after it',
  touched_words BIGINT NOT NULL COMMENT 'distinct 8-byte memory words that it reads or writes',
  memory_in BINARY NOT NULL COMMENT 'those words with their value before it and the segment that touched them last (docs/machine.md, Segments)',
  output_start BIGINT NOT NULL COMMENT 'bytes of public output before it',
  output BINARY NOT NULL COMMENT 'public output that it appends',
  family_counts MAP<STRING, BIGINT> NOT NULL COMMENT 'executed instructions per family',
  misaligned_accesses BIGINT NOT NULL COMMENT 'misaligned loads and stores in it',
  cost BIGINT NOT NULL COMMENT 'what proving it will cost, by cost_metric of executions; without the table of the run''s words, which the first segment has besides',
  outcome STRING COMMENT 'halted, trapped, cycle_limit or memory_limit; NULL unless is_last',
  exit_code INT COMMENT 'full 32-bit exit code; NULL unless it halts',
  run_id STRING NOT NULL COMMENT 'run that wrote the row'
) USING delta COMMENT 'One row per segment: all that is needed to execute it again alone';
ALTER TABLE ${table} ADD CONSTRAINT index_non_negative CHECK (segment_index >= 0);
ALTER TABLE ${table} ADD CONSTRAINT registers_complete CHECK (size(start_registers) = 32 AND size(end_registers) = 32);
ALTER TABLE ${table} ADD CONSTRAINT counts_non_negative CHECK (start_cycle >= 0 AND cycles >= 0 AND touched_words >= 0 AND output_start >= 0);
ALTER TABLE ${table} ADD CONSTRAINT outcome_iff_last CHECK ((outcome IS NOT NULL) = is_last);
