-- key: experiment_id
CREATE TABLE IF NOT EXISTS ${table} (
  experiment_id STRING NOT NULL COMMENT 'SHA-256 of baseline, candidate, measure and fixtures, 64 hex digits',
  name STRING NOT NULL COMMENT 'what was tried, for reports',
  baseline_version STRING NOT NULL COMMENT 'code version, or prover and version, compared against',
  candidate_version STRING NOT NULL COMMENT 'code version, or prover and version, that was tried',
  hardware_fingerprint STRING NOT NULL COMMENT 'hardware of both, as in environments',
  measure STRING NOT NULL COMMENT 'what was compared, such as proving_time_ms',
  fixtures INT NOT NULL COMMENT 'fixtures that both have',
  median_ratio DOUBLE NOT NULL COMMENT 'median over fixtures of candidate / baseline',
  ratio_low DOUBLE NOT NULL COMMENT 'lower end of the 95 % bootstrap interval of median_ratio',
  ratio_high DOUBLE NOT NULL COMMENT 'upper end of the 95 % bootstrap interval of median_ratio',
  sign_test_p DOUBLE NOT NULL COMMENT 'p-value of the sign test, adjusted for the number of comparisons',
  outputs_equal BOOLEAN NOT NULL COMMENT 'public outputs are the same for every fixture',
  verdict STRING NOT NULL COMMENT 'keep, maybe, no_change or reject',
  run_id STRING NOT NULL COMMENT 'run that wrote the row',
  compared_at TIMESTAMP NOT NULL COMMENT 'when, UTC'
) USING delta COMMENT 'One row per comparison of two versions. Nothing writes it before the comparison exists';
ALTER TABLE ${table} ADD CONSTRAINT verdict_known CHECK (verdict IN ('keep', 'maybe', 'no_change', 'reject'));
ALTER TABLE ${table} ADD CONSTRAINT ratios_positive CHECK (median_ratio > 0 AND ratio_low > 0 AND ratio_high >= ratio_low);
ALTER TABLE ${table} ADD CONSTRAINT different_outputs_are_rejected CHECK (outputs_equal OR verdict = 'reject');
