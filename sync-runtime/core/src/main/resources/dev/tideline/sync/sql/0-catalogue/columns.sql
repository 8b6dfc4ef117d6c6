-- A relation's columns in their order.
SELECT a.attname::text AS name, a.atttypid AS type, a.atttypmod AS modifier, a.attnotnull AS not_null,
       EXISTS (SELECT 1 FROM pg_catalog.pg_collation c WHERE c.oid = a.attcollation AND NOT c.collisdeterministic) AS folding,
       a.attgenerated = 'v' AS virtual -- from 18 on
  FROM pg_catalog.pg_attribute a
 WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attnum
