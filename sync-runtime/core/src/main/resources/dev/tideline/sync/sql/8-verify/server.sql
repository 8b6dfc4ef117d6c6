-- Determines which hash both sides have in common: the encoding, and whether the fast hash returns the same bits here
-- (it depends on the machine's byte order, and may change between major versions). The probe is longer than one round
-- of the hash.
SELECT pg_catalog.current_setting('server_encoding') AS encoding,
       pg_catalog.current_setting('server_version_num')::integer AS version,
       pg_catalog.current_setting('search_path') AS search_path,
       coalesce(pg_catalog.current_schema(), 'public') AS schema,
       CASE WHEN pg_catalog.current_setting('server_encoding') = 'UTF8'
            THEN pg_catalog.hashtextextended('Tideline verifies what it brought, row by row' COLLATE pg_catalog."C", 0)
       END AS probe
