-- The facts about a type that are needed to replace domains by their base types.
SELECT t.oid,
       t.typtype::text    AS kind,
       t.typbasetype      AS base,
       t.typtypmod        AS base_modifier,
       CASE WHEN e.typarray = t.oid THEN e.oid ELSE 0 END AS element,
       t.typarray         AS array_type,
       n.nspname = 'pg_catalog' AS in_catalog
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
 WHERE t.oid = ?
