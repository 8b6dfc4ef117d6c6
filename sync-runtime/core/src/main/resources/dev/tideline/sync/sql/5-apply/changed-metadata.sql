-- Columns of the metadata table that are missing, or are not as create-metadata.sql made them. Reads the catalogue alone.
SELECT w.name, CASE WHEN a.attname IS NULL THEN 'column ' || w.name || ' is missing'
                    ELSE 'column ' || w.name || ' is ' || format_type(a.atttypid, a.atttypmod) || ' instead of ' || w.type END
  FROM (VALUES ('mapping_name', 'text'), ('last_synced_sequence_id', 'bigint'), ('updated_at', 'timestamptz'),
               ('complete_through', 'timestamptz'), ('tenant', 'text'), ('table_name', 'text'), ('definition', 'text'),
               ('copy_definition', 'text'), ('copy_sequence_id', 'bigint'), ('copy_position', 'text'), ('copy_rows', 'bigint'),
               ('copy_prune', 'boolean'), ('parked', 'boolean'), ('refused', 'integer')) AS w (name, type)
  LEFT JOIN pg_attribute a ON a.attrelid = to_regclass(?) AND a.attname = w.name AND NOT a.attisdropped
 WHERE a.atttypid IS DISTINCT FROM CAST(w.type AS regtype)
 ORDER BY w.name
