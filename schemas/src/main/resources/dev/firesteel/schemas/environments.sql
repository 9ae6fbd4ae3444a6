-- key: run_id
CREATE TABLE IF NOT EXISTS ${table} (
  run_id STRING NOT NULL COMMENT 'the run, as in runs',
  host STRING NOT NULL COMMENT 'host name of the driver',
  os STRING NOT NULL COMMENT 'operating system and version',
  cpu_model STRING NOT NULL COMMENT 'as the operating system names it',
  cores INT NOT NULL COMMENT 'processors that the JVM may use',
  ram_bytes BIGINT NOT NULL COMMENT 'physical memory, bytes',
  gpus ARRAY<STRING> NOT NULL COMMENT 'models of the GPUs, empty when there are none',
  gpu_driver STRING COMMENT 'version of the GPU driver; NULL without one',
  jdk STRING NOT NULL COMMENT 'vendor and version of the JVM',
  spark_version STRING NOT NULL COMMENT 'version of Spark',
  delta_version STRING NOT NULL COMMENT 'version of Delta',
  spark_master STRING NOT NULL COMMENT 'master URL of the session',
  code_version STRING NOT NULL COMMENT 'version and commit of Firesteel',
  hardware_fingerprint STRING NOT NULL COMMENT 'SHA-256 of CPU model, memory in GiB and GPU models, 64 hex digits',
  recorded_at TIMESTAMP NOT NULL COMMENT 'when, UTC'
) USING delta COMMENT 'One row per run: the machine and the software it ran on';
ALTER TABLE ${table} ADD CONSTRAINT sizes_positive CHECK (cores > 0 AND ram_bytes > 0);
