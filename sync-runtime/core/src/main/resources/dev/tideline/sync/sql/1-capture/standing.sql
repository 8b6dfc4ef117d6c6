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
-- All functions, views and mappings: while none changes, nobody asks which of them a mapping mentions (of 5,000 functions: 4.7 s).
code_version AS MATERIALIZED (
    SELECT md5(concat(
               (SELECT string_agg(p.oid::text || ' ' || p.xmin::text, ',' ORDER BY p.oid)
                  FROM pg_catalog.pg_proc p
                 WHERE p.oid >= 16384 AND p.pronamespace <> 'tideline'::regnamespace),
               (SELECT string_agg(r.oid::text || ' ' || r.xmin::text, ',' ORDER BY r.oid)
                  FROM pg_catalog.pg_rewrite r
                  JOIN pg_catalog.pg_class v ON v.oid = r.ev_class AND v.relpersistence <> 't'
                                            AND v.relnamespace <> 'tideline'::regnamespace
                 WHERE r.oid >= 16384),
               (SELECT string_agg(concat(m.stream_id, m.details ->> 'select', ' ', m.details ->> 'where'), ',' ORDER BY m.name)
                  FROM tideline.mapping m))) AS version
),
texts AS (
    SELECT m.stream_id, lower(concat(m.details ->> 'select', ' ', m.details ->> 'where')) AS text
      FROM tideline.mapping m
     CROSS JOIN code_version v
      LEFT JOIN tideline.capture_watch w USING (stream_id)
     WHERE (m.details ->> 'select' <> '' OR m.details ->> 'where' <> '')
       AND w.standing ->> 'code_version' IS DISTINCT FROM v.version
),
-- Functions and views of the user's, with the names that they mention. What comes in a library is left out.
objects AS (
    SELECT 'function ' || pn.nspname || '.' || p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')' AS label,
           p.oid, lower(p.proname::text) AS name, lower(concat(p.prosrc, ' ', (SELECT string_agg(f.proname, ' ')
                                            FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_proc f ON f.oid = d.refobjid
                                           WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid
                                             AND d.refclassid = 'pg_catalog.pg_proc'::regclass))) AS text
      FROM pg_catalog.pg_proc p
      JOIN pg_catalog.pg_namespace pn ON pn.oid = p.pronamespace AND pn.nspname !~ '^(pg_|information_schema$|tideline$)'
      JOIN pg_catalog.pg_language g ON g.oid = p.prolang AND g.lanname NOT IN ('c', 'internal')
     WHERE p.prokind = 'f' AND EXISTS (SELECT 1 FROM texts)
    UNION ALL
    SELECT 'view ' || vn.nspname || '.' || v.relname, v.oid, lower(v.relname::text),
           lower((SELECT string_agg(concat(f.proname, c.relname), ' ')
                    FROM pg_catalog.pg_rewrite w
                    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = w.oid
                    LEFT JOIN pg_catalog.pg_proc f ON d.refclassid = 'pg_catalog.pg_proc'::regclass AND f.oid = d.refobjid
                    LEFT JOIN pg_catalog.pg_class c ON d.refclassid = 'pg_catalog.pg_class'::regclass AND c.oid = d.refobjid
                                                   AND c.relkind = 'v' AND c.oid <> v.oid
                   WHERE w.ev_class = v.oid))
      FROM pg_catalog.pg_class v
      JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace AND vn.nspname !~ '^(pg_|information_schema$|tideline$)'
     WHERE v.relkind IN ('v', 'm') AND EXISTS (SELECT 1 FROM texts)
),
-- Those that mappings mention, and those that these mention in turn: by name, for only a parser knows which of a name is meant.
mentioned AS (
    SELECT stream_id, CAST(NULL AS text) COLLATE "C" AS label, CAST(NULL AS oid) AS oid, text COLLATE "C" AS text FROM texts
    UNION
    SELECT m.stream_id, o.label COLLATE "C", o.oid, o.text COLLATE "C"
      FROM mentioned m
      JOIN objects o ON strpos(m.text, o.name) > 0 AND (o.name !~ '^\w+$' OR m.text ~ ('\m' || o.name || '\M'))
),
code AS (
    SELECT m.stream_id, jsonb_object_agg(m.label, m.oid::text || ' ' || md5(concat(
               (SELECT concat(p.prosrc, to_jsonb(p) ->> 'prosqlbody', p.prolang, p.prosecdef, p.proconfig) -- prosqlbody: from 14 on
                  FROM pg_catalog.pg_proc p WHERE p.oid = m.oid),
               (SELECT string_agg(w.ev_action::text, ' ') FROM pg_catalog.pg_rewrite w WHERE w.ev_class = m.oid)))) AS facts
      FROM mentioned m
     WHERE m.label IS NOT NULL
     GROUP BY m.stream_id
),
-- What the triggers call, whichever change table it names at the moment. Turning to another table replaces functions,
-- and so gives them another xmin: only versions under the same table can be compared.
functions AS (
    SELECT s.stream_id, jsonb_object_agg(p.proname, jsonb_build_object(
               'table', q.change_table,
               'version', p.xmin::text,
               'digest', md5(concat(regexp_replace(p.prosrc, 'tideline[.]change_[0-9]', 'tideline.change_', 'g'),
                                    p.prolang, p.prosecdef, p.proconfig)))) AS facts
      FROM tideline.stream s
      JOIN pg_catalog.pg_proc p ON p.pronamespace = 'tideline'::regnamespace
                               AND p.proname ~ ('^tideline_' || s.stream_id || '_(new|changed|old|truncated)$')
     CROSS JOIN (SELECT change_table FROM tideline.sequencer ORDER BY last_sequence_id DESC LIMIT 1) q
     GROUP BY s.stream_id
),
-- How often capture had no right, or nowhere to write. Its xmin reveals that even this could not be counted.
missed AS (
    SELECT concat(c.oid, ' ', c.xmin, ' ', CASE WHEN has_table_privilege(c.oid, 'SELECT') THEN pg_sequence_last_value(c.oid) END) AS fact
      FROM pg_catalog.pg_class c
     WHERE c.relnamespace = 'tideline'::regnamespace AND c.relname = 'missed' AND c.relkind = 'S'
),
standing AS (
    SELECT s.stream_id, jsonb_build_object(
               'table', (SELECT f.oid::text FROM family f WHERE f.stream_id = s.stream_id AND f.root),
               'relations', coalesce(r.facts, '{}'), 'columns', coalesce(c.facts, '{}'), 'types', coalesce(t.facts, '{}'),
               'code', coalesce(k.facts, '{}'), 'code_version', (SELECT v.version FROM code_version v),
               'functions', coalesce(f.facts, '{}'), 'missed', (SELECT m.fact FROM missed m)) AS facts
      FROM tideline.stream s
      LEFT JOIN relations r USING (stream_id)
      LEFT JOIN columns c USING (stream_id)
      LEFT JOIN types t USING (stream_id)
      LEFT JOIN code k USING (stream_id)
      LEFT JOIN functions f USING (stream_id)
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
 WHERE (n.facts - 'code') IS DISTINCT FROM (w.standing - 'code')
    OR NOT coalesce((w.standing -> 'code') @> (n.facts -> 'code'), false) -- what it mentioned once stays there
    OR w.trouble IS NOT NULL OR w.owed IS NOT NULL
 ORDER BY n.stream_id
