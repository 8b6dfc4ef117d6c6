-- A role for an external database. Run by its owner or a superuser, in that database, with psql:
--
--   psql -v ON_ERROR_STOP=1 -v database=customer -v schema=public -v tideline=tideline -v password=… -f least-privilege-target.sql
--
-- The mapped tables and tideline_sync_metadata will belong to this role. It may read and write nothing else.

CREATE ROLE :"tideline" LOGIN PASSWORD :'password';
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO :"tideline";
GRANT USAGE, CREATE ON SCHEMA :"schema" TO :"tideline";
