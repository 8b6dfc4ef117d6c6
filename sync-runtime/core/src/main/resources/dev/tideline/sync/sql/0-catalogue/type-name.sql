-- A type as written in SQL. The caller has emptied the search path, so everything outside pg_catalog is qualified.
SELECT pg_catalog.format_type(?::bigint::oid, ?::int)
