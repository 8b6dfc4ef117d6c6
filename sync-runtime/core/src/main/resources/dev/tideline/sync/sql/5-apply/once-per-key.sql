-- The staged rows of a mapping whose select may return several rows for a key. ON CONFLICT would keep one of them, and
-- say nothing if the table already had the other. The cast fails, with a row's error, so that the row is parked.
(SELECT s.*, pg_catalog.count(*) OVER (PARTITION BY {{keys}}) AS times FROM pg_temp.{{stage}} s WHERE NOT gone) s
 WHERE CASE WHEN times = 1 THEN true
            ELSE CAST(pg_catalog.concat('the select returns ', times, ' rows for one key') AS boolean) END
