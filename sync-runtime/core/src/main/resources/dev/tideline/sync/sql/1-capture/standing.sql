-- The state on which the capture of each stream relies, if it differs from the one last recorded, or there was trouble,
-- or a comparison is owed. Reads only the catalogue, without a lock on anything. The versions of catalogue rows (xmin)
-- reveal what was changed and changed back between two checks. relfilenode alone would mistake VACUUM FULL and CLUSTER
-- for a rewrite; the versions of the columns, which they do not change, are compared besides it.
WITH RECURSIVE family AS (
    SELECT s.stream_id, c.oid, true AS root
      FROM tideline.stream s
      JOIN pg_catalog.pg_namespace n ON n.nspname = s.table_schema
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.table_name AND c.relkind IN ('r', 'p')
    UNION
    SELECT f.stream_id, c.oid, false
      FROM family f
      JOIN pg_catalog.pg_inherits i ON i.inhparent = f.oid
      JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relkind IN ('r', 'p')
),
typed AS (
    SELECT f.stream_id, a.atttypid AS oid
      FROM family f
      JOIN pg_catalog.pg_attribute a ON a.attrelid = f.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE f.root AND a.atttypid >= 16384 -- no type that comes with Postgres
    UNION
    SELECT u.stream_id, inner_.oid
      FROM typed u
      JOIN pg_catalog.pg_type y ON y.oid = u.oid
     CROSS JOIN LATERAL (
        SELECT y.typelem
        UNION ALL SELECT y.typbasetype
        UNION ALL SELECT r.rngsubtype FROM pg_catalog.pg_range r WHERE r.rngtypid = y.oid
        UNION ALL SELECT a.atttypid FROM pg_catalog.pg_attribute a WHERE a.attrelid = y.typrelid AND a.attnum > 0
     ) inner_ (oid)
     WHERE inner_.oid >= 16384
),
relations AS (
    SELECT f.stream_id, jsonb_object_agg(c.oid::text, jsonb_build_object(
               'schema', n.nspname,
               'name', c.relname,
               'partition', c.relispartition,
               'file', c.relfilenode::text,
               'columns', (SELECT md5(string_agg(a.attnum::text || ' ' || a.xmin::text, ',' ORDER BY a.attnum))
                             FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0),
               'generated', (SELECT md5(string_agg(d.adnum::text || ' ' || d.adbin::text, ',' ORDER BY d.adnum))
                               FROM pg_catalog.pg_attrdef d
                               JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
                              WHERE d.adrelid = c.oid AND a.attgenerated <> ''),
               'unlogged', CASE WHEN c.relpersistence = 'u' THEN coalesce((SELECT k.id::text FROM tideline.crash_canary k), '') END,
               'triggers', coalesce((SELECT jsonb_object_agg(t.tgname, t.tgenabled::text || ' ' || t.xmin::text)
                                       FROM pg_catalog.pg_trigger t
                                      WHERE t.tgrelid = c.oid
                                        AND (NOT c.relispartition OR t.tgparentid <> 0) -- upkeep has partitions' own
                                        AND starts_with(t.tgname::text, 'tideline_' || f.stream_id || '_')), '{}'))) AS facts
      FROM (SELECT DISTINCT stream_id, oid FROM family) f
      JOIN pg_catalog.pg_class c ON c.oid = f.oid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     GROUP BY f.stream_id
),
columns AS (
    SELECT f.stream_id, jsonb_object_agg(a.attname, jsonb_build_object('number', a.attnum,
               'type', CASE tn.nspname WHEN 'pg_catalog' THEN '' ELSE tn.nspname || '.' END || y.typname
                       || CASE WHEN a.atttypmod = -1 THEN '' ELSE ' ' || a.atttypmod END)) AS facts
      FROM family f
      JOIN pg_catalog.pg_attribute a ON a.attrelid = f.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
      JOIN pg_catalog.pg_namespace tn ON tn.oid = y.typnamespace
     WHERE f.root GROUP BY f.stream_id
),
types AS (
    SELECT x.stream_id, jsonb_object_agg(x.key, x.fact) AS facts
      FROM (SELECT u.stream_id, 'label ' || e.oid AS key, y.typname || ' ' || quote_literal(e.enumlabel) AS fact
              FROM typed u
              JOIN pg_catalog.pg_type y ON y.oid = u.oid
              JOIN pg_catalog.pg_enum e ON e.enumtypid = y.oid
            UNION ALL
            SELECT u.stream_id, 'type ' || y.oid,
                   y.typname || ' (' || string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) || ')'
              FROM typed u
              JOIN pg_catalog.pg_type y ON y.oid = u.oid AND y.typrelid <> 0
              JOIN pg_catalog.pg_attribute a ON a.attrelid = y.typrelid AND a.attnum > 0
             GROUP BY u.stream_id, y.oid, y.typname) x
     GROUP BY x.stream_id
),
standing AS (
    SELECT s.stream_id, jsonb_build_object(
               'table', (SELECT f.oid::text FROM family f WHERE f.stream_id = s.stream_id AND f.root),
               'home', (SELECT jsonb_build_object('version', h.xmin::text)
                          FROM pg_catalog.pg_namespace h WHERE h.nspname = 'tideline'),
               'relations', coalesce(r.facts, '{}'), 'columns', coalesce(c.facts, '{}'), 'types', coalesce(t.facts, '{}')) AS facts
      FROM tideline.stream s
      LEFT JOIN relations r USING (stream_id)
      LEFT JOIN columns c USING (stream_id)
      LEFT JOIN types t USING (stream_id)
)
SELECT n.stream_id, w.standing AS before, n.facts AS now, w.trouble, w.owed,
       (SELECT CASE rn.nspname WHEN 'public' THEN '' ELSE rn.nspname || '.' END || c.relname
          FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace rn ON rn.oid = c.relnamespace
         WHERE c.oid = CAST(w.standing ->> 'table' AS oid)) AS former_table_is,
       EXISTS (SELECT 1 FROM tideline.mapping m
                WHERE m.details ->> 'select' <> ''
                  AND (m.stream_id = n.stream_id
                       OR m.stream_id IN (SELECT d.root_stream FROM tideline.dependency d WHERE d.stream_id = n.stream_id))) AS selected
  FROM standing n
  LEFT JOIN tideline.capture_watch w USING (stream_id)
 WHERE n.facts IS DISTINCT FROM w.standing OR w.trouble IS NOT NULL OR w.owed IS NOT NULL
 ORDER BY n.stream_id
