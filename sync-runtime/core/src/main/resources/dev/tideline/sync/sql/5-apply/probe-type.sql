-- Whether a change of type writes rows anew shows in the file that the table has afterwards.
CREATE TEMPORARY TABLE tideline_probe (c {{from}}) ON COMMIT DROP;
CREATE TEMPORARY TABLE tideline_probe_node ON COMMIT DROP AS SELECT pg_relation_filenode('pg_temp.tideline_probe') AS node;
ALTER TABLE pg_temp.tideline_probe ALTER COLUMN c TYPE {{to}} USING c::{{to}}
