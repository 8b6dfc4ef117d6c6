-- A type as it stands in SQL. The caller has emptied the search path, so that what is not in pg_catalog is qualified.
SELECT pg_catalog.format_type(?::bigint::oid, ?::int)
