-- Rows that are the same to the byte are left alone, so that their xmin stays. By
-- bytes, because 1.0 and 1.00 are equal and still two values; and because json has no "=" at all.
INSERT INTO {{target}} AS t ({{columns}})
SELECT {{columns}} FROM pg_temp.{{stage}} WHERE NOT tideline_gone
    ON CONFLICT ({{keys}}) DO UPDATE SET {{assignments}}
 WHERE CAST(ROW({{old}}) AS record) OPERATOR(pg_catalog.*<>) CAST(ROW({{new}}) AS record)
