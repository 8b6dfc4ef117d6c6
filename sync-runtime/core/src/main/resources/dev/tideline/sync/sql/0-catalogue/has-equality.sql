-- Whether DISTINCT takes values of a type: all that it is made of has an operator class of its own to sort by, or all has one to
-- hash by. An "=" alone is not enough: json[] has one and fails on the first row, and a box's compares areas.
WITH RECURSIVE part (oid) AS (
    SELECT CAST(? AS oid)
    UNION
    SELECT inner_.oid
      FROM part p
      JOIN pg_catalog.pg_type t ON t.oid = p.oid
     CROSS JOIN LATERAL (
        SELECT t.typbasetype WHERE t.typtype = 'd'
        UNION ALL SELECT t.typelem WHERE t.typelem <> 0 AND t.typlen = -1
        UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute a
                   WHERE t.typtype = 'c' AND a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
     ) inner_ (oid)
),
plain AS (
    SELECT t.oid FROM part p JOIN pg_catalog.pg_type t ON t.oid = p.oid
     WHERE t.typtype NOT IN ('c', 'd', 'e', 'm', 'r') AND (t.typelem = 0 OR t.typlen <> -1)
)
SELECT EXISTS (
    SELECT 1 FROM pg_catalog.pg_am m
     WHERE (m.amname = 'btree' OR m.amname = 'hash'
                                  AND (CAST(pg_catalog.current_setting('server_version_num') AS int) >= 140000 -- 13 hashes no record
                                       OR NOT EXISTS (SELECT 1 FROM part p JOIN pg_catalog.pg_type t ON t.oid = p.oid AND t.typtype = 'c')))
       AND NOT EXISTS (
        SELECT 1 FROM plain
         WHERE NOT EXISTS (
            SELECT 1 FROM pg_catalog.pg_opclass o
             WHERE o.opcmethod = m.oid AND o.opcdefault
               AND (o.opcintype = plain.oid
                    OR EXISTS (SELECT 1 FROM pg_catalog.pg_cast c
                                WHERE c.castsource = plain.oid AND c.casttarget = o.opcintype
                                  AND c.castmethod = 'b' AND c.castcontext = 'i')))))
