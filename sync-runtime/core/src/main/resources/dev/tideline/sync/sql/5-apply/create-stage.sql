-- With the target's own column types, and none of its constraints. Named by numbers, so that our names cannot clash
-- with the user's.
CREATE TEMPORARY TABLE IF NOT EXISTS {{stage}} ON COMMIT DELETE ROWS AS
SELECT {{columns}}, false AS gone FROM {{target}} t WITH NO DATA;
ALTER TABLE pg_temp.{{stage}} ALTER COLUMN gone SET DEFAULT false
