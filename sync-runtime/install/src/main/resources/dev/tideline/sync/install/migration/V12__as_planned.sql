-- What every statement that reads rows asks first, so that none gives values of other types than it was planned with.

-- The files that a table, its partitions and the tables that inherit from it have, as the caller's snapshot shows them.
CREATE FUNCTION tideline.files_of(of_table regclass) RETURNS oid[]
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
SELECT pg_catalog.array_agg(c.relfilenode ORDER BY c.oid)
  FROM pg_catalog.pg_class c
 WHERE c.oid = of_table
    OR c.oid IN (SELECT relid FROM pg_catalog.pg_partition_tree(of_table))
    OR c.oid IN (SELECT inhrelid FROM pg_catalog.pg_inherits WHERE inhparent = of_table)
$$;

-- Whether two types are the same, domains being what they are made of.
CREATE FUNCTION tideline.same_type(one oid, other oid) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
WITH RECURSIVE made_of AS (
    SELECT t.side, t.type FROM (VALUES (1, one), (2, other)) t (side, type)
    UNION ALL
    SELECT m.side, d.typbasetype FROM made_of m JOIN pg_catalog.pg_type d ON d.oid = m.type AND d.typtype = 'd'
)
SELECT EXISTS (SELECT 1 FROM made_of a JOIN made_of b ON b.side = 2 AND b.type = a.type WHERE a.side = 1)
$$;

-- VOLATILE, so that the catalogue is read as it is now: the caller holds a lock on the table by then, under which no type
-- changes, while its snapshot may be older than that lock. A table that was written anew in between looks empty to such a
-- snapshot.
CREATE FUNCTION tideline.as_planned(of_table regclass, names text[], types text[], files oid[], actual oid[] DEFAULT NULL)
    RETURNS boolean
    LANGUAGE plpgsql VOLATILE PARALLEL SAFE SET search_path = '' AS $$
DECLARE
    changed record;
BEGIN
    IF files IS DISTINCT FROM tideline.files_of(of_table) THEN
        RAISE EXCEPTION 'table % was written anew while it was about to be read', of_table
              USING ERRCODE = 'serialization_failure';
    END IF;
    IF actual IS NULL THEN
        SELECT p.name, p.type, pg_catalog.format_type(a.atttypid, a.atttypmod) AS now INTO changed
          FROM ROWS FROM (pg_catalog.unnest(names), pg_catalog.unnest(types)) p (name, type)
          LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = of_table AND a.attname = p.name AND a.attnum > 0 AND NOT a.attisdropped
         WHERE p.type IS DISTINCT FROM pg_catalog.format_type(a.atttypid, a.atttypmod)
         LIMIT 1;
    ELSE
        SELECT p.name, p.type, pg_catalog.format_type(p.oid, NULL) AS now INTO changed
          FROM ROWS FROM (pg_catalog.unnest(names), pg_catalog.unnest(types), pg_catalog.unnest(actual)) p (name, type, oid)
         WHERE p.oid IS DISTINCT FROM pg_catalog.to_regtype(p.type)
           AND NOT coalesce(tideline.same_type(p.oid, pg_catalog.to_regtype(p.type)), false)
         LIMIT 1;
    END IF;
    IF FOUND THEN
        RAISE EXCEPTION 'column % of table % is %, and was % when this runtime read the mapping: run "install", and restart the runtimes',
              changed.name, of_table, changed.now, changed.type
              USING ERRCODE = 'datatype_mismatch'; -- no row is at fault
    END IF;
    RETURN true;
END
$$;
