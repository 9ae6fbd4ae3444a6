-- key: zkvm, zkvm_version, client, client_version, hardware_sha256, opcode, relation
-- One row is one least-squares line of the marginal method (docs/reports.md). A repeated report replaces the rows of its key.
CREATE TABLE IF NOT EXISTS ${table} (
  zkvm STRING NOT NULL COMMENT 'Name of the zkVM; empty when not known',
  zkvm_version STRING NOT NULL COMMENT 'Version of the zkVM; empty when not known',
  client STRING NOT NULL COMMENT 'Execution client; empty when not known',
  client_version STRING NOT NULL COMMENT 'Version of the client; empty when not known',
  hardware_sha256 STRING NOT NULL COMMENT 'Identity of the hardware as in benchmark_results; empty when not known',
  opcode STRING NOT NULL COMMENT 'Operation whose number was varied',
  relation STRING NOT NULL COMMENT 'count_gas: gas per operation; gas_zkcycles: cycles per gas; gas_proving: seconds per gas; zkcycles_proving: seconds per cycle',
  status STRING NOT NULL COMMENT 'fitted or unfitted',
  quality STRING NOT NULL COMMENT 'good: R2 at least 0.9; middling: at least 0.7; poor: below; none: no line or no R2',
  note STRING COMMENT 'Why there is no line, or what weakens it; NULL when there is nothing to say',
  points INT NOT NULL COMMENT 'Points of this line: distinct fixtures for count_gas and gas_zkcycles, proving runs for the others',
  fixtures INT NOT NULL COMMENT 'Distinct fixtures of the operation',
  samples INT NOT NULL COMMENT 'Proving runs of the operation that a fit may use',
  censored INT NOT NULL COMMENT 'Proving runs that timed out: their time is only known to be longer than the limit',
  excluded INT NOT NULL COMMENT 'Proving runs left out for another reason: crashed, cold, wrong output',
  min_op_count BIGINT COMMENT 'Smallest count of the operation; NULL when not known',
  max_op_count BIGINT COMMENT 'Largest count of the operation; NULL when not known',
  min_gas BIGINT COMMENT 'Smallest gas of a fixture, gas; NULL when not known',
  max_gas BIGINT COMMENT 'Largest gas of a fixture, gas; NULL when not known',
  max_cycles BIGINT COMMENT 'Most cycles of a fixture; NULL when not measured',
  slope DOUBLE COMMENT 'Slope, in the unit that relation names; NULL when unfitted',
  intercept DOUBLE COMMENT 'Value at x = 0: gas, cycles or seconds; NULL when unfitted',
  r_squared DOUBLE COMMENT 'Share of the variance explained, 0 to 1; NULL when unfitted or y is constant',
  slope_std_err DOUBLE COMMENT 'Standard error of the slope from the residuals; NULL with fewer than 3 points',
  slope_std_err_published DOUBLE COMMENT 'The same by the formula of the published files, which cancels near R2 = 1: for comparing files only; NULL with fewer than 3 points',
  slope_ci_low DOUBLE COMMENT 'Lower end of the 95 percent confidence interval of the slope (Student t); NULL with fewer than 3 points',
  slope_ci_high DOUBLE COMMENT 'Upper end of that interval; NULL with fewer than 3 points',
  rmse DOUBLE COMMENT 'Root mean square of the residuals: gas, cycles or seconds; NULL when unfitted',
  run_id STRING NOT NULL COMMENT 'Run that wrote the row, as in runs',
  fitted_at TIMESTAMP NOT NULL COMMENT 'When it was fitted, UTC'
) USING delta COMMENT 'Lines of the marginal method: one row per operation, relation, zkVM and machine';
ALTER TABLE ${table} ADD CONSTRAINT relation_known CHECK (relation IN ('count_gas', 'gas_zkcycles', 'gas_proving', 'zkcycles_proving'));
ALTER TABLE ${table} ADD CONSTRAINT quality_known CHECK (quality IN ('good', 'middling', 'poor', 'none'));
ALTER TABLE ${table} ADD CONSTRAINT slope_iff_fitted CHECK (status IN ('fitted', 'unfitted') AND (slope IS NOT NULL) = (status = 'fitted'));
ALTER TABLE ${table} ADD CONSTRAINT unfitted_has_reason CHECK (status = 'fitted' OR note IS NOT NULL);
ALTER TABLE ${table} ADD CONSTRAINT r_squared_is_share CHECK (r_squared IS NULL OR r_squared BETWEEN 0 AND 1);
ALTER TABLE ${table} ADD CONSTRAINT counts_non_negative CHECK (points >= 0 AND fixtures >= 0 AND samples >= 0 AND censored >= 0 AND excluded >= 0);
