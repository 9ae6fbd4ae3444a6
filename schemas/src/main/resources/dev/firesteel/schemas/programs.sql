-- key: program_hash
CREATE TABLE IF NOT EXISTS ${table} (
  program_hash STRING NOT NULL COMMENT 'SHA-256 of the loaded image (not of the file), 64 hex digits; stripped files have the same',
  name STRING NOT NULL COMMENT 'what the program is called in reports; the file name without .elf unless the manifest names it',
  elf BINARY NOT NULL COMMENT 'the ELF file',
  elf_sha256 STRING NOT NULL COMMENT 'SHA-256 of the file, 64 hex digits',
  elf_bytes BIGINT NOT NULL COMMENT 'size of the file, bytes',
  entry_address BIGINT NOT NULL COMMENT 'address of the first instruction',
  image_bytes BIGINT NOT NULL COMMENT 'memory that the PT_LOAD segments cover, bytes',
  instruction_count INT NOT NULL COMMENT 'words in executable segments',
  source_file STRING NOT NULL COMMENT 'path it was ingested from',
  ingested_at TIMESTAMP NOT NULL COMMENT 'when, UTC'
) USING delta COMMENT 'One row per program: the ELF once, referenced by its hash';
ALTER TABLE ${table} ADD CONSTRAINT program_hash_hex CHECK (program_hash RLIKE '^[0-9a-f]{64}$');
ALTER TABLE ${table} ADD CONSTRAINT elf_not_empty CHECK (elf_bytes > 0 AND elf_bytes = length(elf));
ALTER TABLE ${table} ADD CONSTRAINT entry_in_space CHECK (entry_address BETWEEN 4096 AND 4294967295);
