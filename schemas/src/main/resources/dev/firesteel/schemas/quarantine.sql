-- key: source_file, row_index, content_sha256
CREATE TABLE IF NOT EXISTS ${table} (
  source_file STRING NOT NULL COMMENT 'file that the row or file came from',
  row_index BIGINT NOT NULL COMMENT 'row within the file from 0; -1 when the whole file was refused',
  content_sha256 STRING NOT NULL COMMENT 'SHA-256 of the refused bytes, 64 hex digits',
  bytes BIGINT NOT NULL COMMENT 'size of what was refused, bytes',
  job STRING NOT NULL COMMENT 'job that refused it',
  reason_class STRING NOT NULL COMMENT 'short class of the reason, such as empty_file, broken_json, bad_elf',
  reason STRING NOT NULL COMMENT 'what was wrong, one line',
  quarantined_at TIMESTAMP NOT NULL COMMENT 'when, UTC',
  run_id STRING NOT NULL COMMENT 'run that refused it first'
) USING delta COMMENT 'One row per refused file or row: nothing is dropped silently';
ALTER TABLE ${table} ADD CONSTRAINT bytes_non_negative CHECK (bytes >= 0);
ALTER TABLE ${table} ADD CONSTRAINT row_index_bound CHECK (row_index >= -1);
