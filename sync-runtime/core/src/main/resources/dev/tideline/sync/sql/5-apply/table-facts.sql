-- The fingerprint, whether it contains triggers or rules, and the mapped columns that are generated, or identity
-- columns that are GENERATED ALWAYS.
SELECT fingerprint, fingerprint LIKE '% t' AS interferes,
       ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = CAST({{table}} AS regclass) AND a.attname::text = ANY ({{names}}) AND a.attgenerated <> '') AS generated,
       ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = CAST({{table}} AS regclass) AND a.attname::text = ANY ({{names}}) AND a.attidentity = 'a') AS identity
  FROM (SELECT {{fingerprint}} AS fingerprint) f
