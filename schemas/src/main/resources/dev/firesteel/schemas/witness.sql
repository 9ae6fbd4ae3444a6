-- key: request_id
CREATE TABLE IF NOT EXISTS ${table} (
  request_id STRING NOT NULL COMMENT 'name of the request, unique in a warehouse',
  program_hash STRING COMMENT 'program to run, as in programs; NULL while no guest can run this request',
  input BINARY NOT NULL COMMENT 'private input of the guest, whole',
  input_hash STRING NOT NULL COMMENT 'SHA-256 of input, 64 hex digits',
  input_bytes BIGINT NOT NULL COMMENT 'size of input, bytes',
  kind STRING NOT NULL COMMENT 'what the request stands for: guest, state-batch, block, eest, marginal, …',
  chain_id BIGINT COMMENT 'chain of the block, if any',
  block_number BIGINT COMMENT 'number of the block, if any',
  fixture_name STRING COMMENT 'full name of the test fixture, if any',
  opcode STRING COMMENT 'opcode under test in a marginal benchmark, lower case',
  op_count BIGINT COMMENT 'how often the opcode runs',
  gas_used BIGINT COMMENT 'gas that the request stands for',
  transaction_count BIGINT COMMENT 'transactions in the block',
  parameters MAP<STRING, STRING> NOT NULL COMMENT 'further parameters, such as updates = 10',
  expected_output BINARY COMMENT 'public output where known',
  expected_exit_code INT COMMENT 'exit code where known; 0 is success',
  source_file STRING NOT NULL COMMENT 'path it was ingested from'
) USING parquet COMMENT 'One row per request. Plain Parquet: an input that other systems may write';
