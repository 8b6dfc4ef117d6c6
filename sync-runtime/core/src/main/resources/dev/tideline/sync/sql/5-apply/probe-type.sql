-- The file of the table afterwards shows whether a change of type rewrites rows.
CREATE TEMPORARY TABLE tideline_probe (c {{from}}) ON COMMIT DROP;
CREATE TEMPORARY TABLE tideline_probe_node ON COMMIT DROP AS SELECT pg_relation_filenode('pg_temp.tideline_probe') AS node;
ALTER TABLE pg_temp.tideline_probe ALTER COLUMN c TYPE {{to}} USING c::{{to}}
