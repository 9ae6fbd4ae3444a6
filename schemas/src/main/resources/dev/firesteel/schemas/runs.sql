-- key: run_id
CREATE TABLE IF NOT EXISTS ${table} (
  run_id STRING NOT NULL COMMENT 'time-ordered unique id of the run',
  job STRING NOT NULL COMMENT 'job that ran',
  arguments STRING NOT NULL COMMENT 'its command line',
  application_id STRING NOT NULL COMMENT 'Spark application id',
  code_version STRING NOT NULL COMMENT 'version and commit of Firesteel',
  status STRING NOT NULL COMMENT 'running, succeeded or failed; running for ever when the driver was killed',
  message STRING COMMENT 'one line on the failure; NULL otherwise',
  started_at TIMESTAMP NOT NULL COMMENT 'when, UTC',
  ended_at TIMESTAMP COMMENT 'when, UTC; NULL while running'
) USING delta COMMENT 'One row per run of a job';
ALTER TABLE ${table} ADD CONSTRAINT status_known CHECK (status IN ('running', 'succeeded', 'failed'));
ALTER TABLE ${table} ADD CONSTRAINT ended_iff_not_running CHECK ((ended_at IS NULL) = (status = 'running'));
