-- What keeps capture from writing to its own tables, or would make a statement of the application fail, each with the
-- statement that removes it: a right that the owner of the trigger functions or of a table has lost, and whatever somebody has added
-- to a change table. What may have swallowed changes has all tables compared. Reads only the catalogue, without a lock
-- on anything and without a right on the schema.
WITH own AS (
    SELECT c.oid, c.relname, c.relowner, c.relacl, c.relkind, c.relpersistence, c.relrowsecurity OR c.relforcerowsecurity AS row_security,
           format('tideline.%I', c.relname) AS name
      FROM pg_catalog.pg_class c
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'tideline'
     WHERE c.relname IN ('change_0', 'change_1', 'change_2', 'doorbell', 'missed')
),
change_table AS (
    SELECT oid, name, relpersistence, row_security FROM own WHERE relname LIKE 'change%' AND relkind = 'r'
),
expected AS (
    SELECT e.attname, e.attnum, e.attname ~ '^c[0-9]+$' AS captured,
           CASE e.attname WHEN 'xid' THEN 'pg_current_xact_id()' WHEN 'captured_at' THEN 'clock_timestamp()'
                          WHEN 'truncated' THEN 'false' WHEN 'removed' THEN 'false' END AS value
      FROM unnest(ARRAY['xid', 'stream', 'truncated', 'captured_at', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9', 'c10', 'c11',
                        'c12', 'c13', 'c14', 'c15', 'c16', 'removed', 'traceparent']) WITH ORDINALITY AS e (attname, attnum)
),
columns AS (
    SELECT t.name, a.attname, a.attnum, a.atttypid, a.attnotnull, a.atthasdef, e.captured, e.value, e.attname IS NOT NULL AS ours,
           f.attname AS former
      FROM change_table t
      JOIN pg_catalog.pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN expected e ON e.attname = a.attname
      LEFT JOIN expected f ON e.attname IS NULL AND f.attnum = a.attnum
),
functions AS (
    SELECT p.oid, p.proowner, format('tideline.%I()', p.proname) AS name
      FROM pg_catalog.pg_proc p
      JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'tideline'
     WHERE p.proname ~ '^tideline_[0-9]+_(new|changed|old|truncated)$'
),
owners AS (
    SELECT proowner AS oid, quote_ident(pg_get_userbyid(proowner)) AS name, min(name) AS of FROM functions
     WHERE proowner IN (SELECT relowner FROM own WHERE relname = 'change_0') -- from any other, they are taken
     GROUP BY proowner
)
SELECT format('table %s has a constraint that is not ours (%s)', t.name, k.conname) AS fault,
       format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', t.name, k.conname) AS repair
  FROM change_table t JOIN pg_catalog.pg_constraint k ON k.conrelid = t.oid AND k.contype NOT IN ('n', 't')
UNION ALL
SELECT format('table %s has a trigger that is not ours (%s)', t.name, g.tgname),
       format('ALTER TABLE %s DISABLE TRIGGER %I; SELECT nextval(''tideline.missed'')', t.name, g.tgname)
  FROM change_table t JOIN pg_catalog.pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal AND g.tgenabled <> 'D'
UNION ALL
SELECT format('table %s has a rule that is not ours (%s)', t.name, r.rulename),
       format('ALTER TABLE %s DISABLE RULE %I; SELECT nextval(''tideline.missed'')', t.name, r.rulename)
  FROM change_table t JOIN pg_catalog.pg_rewrite r ON r.ev_class = t.oid AND r.ev_enabled <> 'D'
UNION ALL
SELECT format('table %s has an index that is not ours (%s)', t.name, i.indexrelid::regclass),
       format('DROP INDEX %s', i.indexrelid::regclass)
  FROM change_table t
  JOIN pg_catalog.pg_index i ON i.indrelid = t.oid
                            AND (i.indisunique OR i.indexprs IS NOT NULL OR i.indpred IS NOT NULL OR i.indkey::text <> '1')
 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid)
UNION ALL
SELECT format('table %s has row-level security', t.name),
       format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY', t.name)
  FROM change_table t WHERE t.row_security
UNION ALL
SELECT format('table %s is unlogged', t.name), format('ALTER TABLE %s SET LOGGED; SELECT nextval(''tideline.missed'')', t.name)
  FROM change_table t WHERE t.relpersistence = 'u'
UNION ALL
SELECT format('table %s is a partition of table %s', t.name, i.inhparent::regclass),
       format('ALTER TABLE %s DETACH PARTITION %s', i.inhparent::regclass, t.name)
  FROM change_table t
  JOIN pg_catalog.pg_inherits i ON i.inhrelid = t.oid
  JOIN pg_catalog.pg_class p ON p.oid = i.inhparent AND p.relkind = 'p'
UNION ALL
SELECT format('column %s of table %s was renamed to %s', c.former, c.name, c.attname),
       format('ALTER TABLE %s RENAME %I TO %I', c.name, c.attname, c.former)
  FROM columns c WHERE c.former IS NOT NULL
UNION ALL
SELECT format('table %s has a column that is not ours (%s)', c.name, c.attname),
       format('ALTER TABLE %s DROP COLUMN %I CASCADE', c.name, c.attname)
  FROM columns c WHERE NOT c.ours AND c.former IS NULL
UNION ALL
SELECT format('column %s of table %s has a default, or may not be NULL', c.attname, c.name),
       format('ALTER TABLE %s ALTER %2$I DROP NOT NULL, ALTER %2$I DROP DEFAULT', c.name, c.attname)
  FROM columns c WHERE c.captured AND (c.attnotnull OR c.atthasdef)
UNION ALL
SELECT format('column %s of table %s has no default', c.attname, c.name),
       format('ALTER TABLE %s ALTER %I SET DEFAULT %s', c.name, c.attname, c.value)
  FROM columns c WHERE c.value IS NOT NULL AND NOT c.atthasdef
UNION ALL
SELECT format('column %s of table %s is of type %s', c.attname, c.name, format_type(c.atttypid, NULL)),
       format('ALTER TABLE %s ALTER %2$I TYPE text USING CAST(%2$I AS text)', c.name, c.attname)
  FROM columns c WHERE c.captured AND c.atttypid <> 'text'::regtype
UNION ALL
SELECT format('role %s, which owns function %s, lacks USAGE on schema tideline', o.name, o.of),
       format('GRANT USAGE ON SCHEMA tideline TO %s', o.name)
  FROM owners o, pg_catalog.pg_namespace n
 WHERE n.nspname = 'tideline' AND NOT has_schema_privilege(o.oid, n.oid, 'USAGE')
UNION ALL
SELECT format('role %s lacks rights on its own table %s', pg_get_userbyid(c.relowner), c.oid::regclass),
       format('GRANT ALL ON TABLE %s TO %I', c.oid::regclass, pg_get_userbyid(c.relowner))
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'tideline'
 WHERE c.relkind = 'r' AND NOT (has_table_privilege(c.relowner, c.oid, 'SELECT') AND has_table_privilege(c.relowner, c.oid, 'INSERT')
                                AND has_table_privilege(c.relowner, c.oid, 'UPDATE') AND has_table_privilege(c.relowner, c.oid, 'DELETE'))
UNION ALL
SELECT format('role %s, which owns function %s, lacks INSERT on table %s', quote_ident(pg_get_userbyid(f.proowner)), f.name, w.name),
       format('ALTER FUNCTION %s OWNER TO %I', f.name, pg_get_userbyid(w.relowner))
  FROM functions f, own w
 WHERE w.relkind = 'r' AND f.proowner <> w.relowner AND NOT has_table_privilege(f.proowner, w.oid, 'INSERT')
UNION ALL
SELECT format('role %s, which owns function %s, lacks USAGE on sequence %s', o.name, o.of, w.name),
       format('GRANT SELECT, USAGE, UPDATE ON SEQUENCE %s TO %s', w.name, o.name)
  FROM owners o, own w
 WHERE w.relkind = 'S' AND NOT has_sequence_privilege(o.oid, w.oid, 'USAGE')
UNION ALL
SELECT format('sequence tideline.%s is gone', n.name), format('CREATE SEQUENCE tideline.%s', n.name)
  FROM (VALUES ('doorbell'), ('missed')) n (name)
 WHERE EXISTS (SELECT FROM functions) AND NOT EXISTS (SELECT FROM own w WHERE w.relname = n.name)
