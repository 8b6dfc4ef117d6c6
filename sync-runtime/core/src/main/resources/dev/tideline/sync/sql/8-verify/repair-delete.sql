-- Rows that the source does not have, and all but one of a key's rows if the primary key is gone.
DELETE FROM {{target}} r USING ROWS FROM ({{keyArrays}}) AS k ({{keyAliases}})
 WHERE {{match}}
   AND (NOT EXISTS (SELECT 1 FROM pg_temp.tideline_repair s WHERE {{onKey}})
        OR EXISTS (SELECT 1 FROM {{target}} o WHERE {{sameKey}} AND o.ctid > r.ctid))
