-- key: run_id, stage, request_id, segment_index, attempt
CREATE TABLE IF NOT EXISTS ${table} (
  run_id STRING NOT NULL COMMENT 'run that made the attempt',
  stage STRING NOT NULL COMMENT 'execute, commit, prove, aggregate or verify',
  request_id STRING NOT NULL COMMENT 'request that was worked on',
  segment_index INT NOT NULL COMMENT 'segment that was worked on; -1 for the whole request',
  attempt INT NOT NULL COMMENT 'number of the attempt at this work in this run, from 0',
  executor_id STRING NOT NULL COMMENT 'Spark executor',
  host STRING NOT NULL COMMENT 'host',
  device STRING NOT NULL COMMENT 'cpu, or the model of the GPU',
  duration_ms DOUBLE NOT NULL COMMENT 'wall time, milliseconds',
  phase_ms MAP<STRING, DOUBLE> COMMENT 'wall time by phase, as far as the attempt came, milliseconds; empty where a stage has no phases or the executor was lost',
  committed_cells BIGINT COMMENT 'field elements committed; NULL unless a segment was proved',
  peak_host_bytes BIGINT COMMENT 'peak heap of the executor meanwhile; NULL unless it proved this segment alone, bytes',
  outcome STRING NOT NULL COMMENT 'success or failure',
  reason_class STRING COMMENT 'class of the failure; NULL on success',
  retryable BOOLEAN COMMENT 'whether another attempt may succeed; NULL on success',
  message STRING COMMENT 'one line on the failure; NULL on success',
  ended_at TIMESTAMP NOT NULL COMMENT 'when, UTC'
) USING delta COMMENT 'One row per attempt at a piece of work, whatever came of it';
ALTER TABLE ${table} ADD CONSTRAINT outcome_known CHECK (outcome IN ('success', 'failure'));
ALTER TABLE ${table} ADD CONSTRAINT reason_iff_failure CHECK ((reason_class IS NOT NULL) = (outcome = 'failure'));
ALTER TABLE ${table} ADD CONSTRAINT duration_non_negative CHECK (duration_ms >= 0 AND segment_index >= -1 AND attempt >= 0);
