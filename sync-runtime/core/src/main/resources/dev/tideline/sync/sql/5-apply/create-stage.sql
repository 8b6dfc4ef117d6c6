-- The target's own column types, and none of its constraints.
CREATE TEMPORARY TABLE IF NOT EXISTS {{stage}} ON COMMIT DELETE ROWS AS
SELECT {{columns}}, false AS tideline_gone FROM {{target}} WITH NO DATA;
ALTER TABLE pg_temp.{{stage}} ALTER COLUMN tideline_gone SET DEFAULT false
