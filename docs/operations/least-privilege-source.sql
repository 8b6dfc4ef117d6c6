-- Roles for a source: one that installs, and one that runs. Run by a superuser in the source's database, with psql:
--
--   psql -v ON_ERROR_STOP=1 -v database=app -v schema=public -v tables='tenancy, project_user' -v owner=app_owner \
--        -v installer=tideline_installer -v installer_password=… -v runtime=tideline_runtime -v runtime_password=… \
--        -f least-privilege-source.sql
--
-- tables: those that tideline.yaml names, and the table of external databases; owner: the role that owns them. "check",
-- "install" and "uninstall" take the installer's address, and all other commands the runtime's.

CREATE ROLE :"installer" LOGIN PASSWORD :'installer_password';
CREATE ROLE :"runtime" LOGIN PASSWORD :'runtime_password';
GRANT CONNECT, TEMPORARY ON DATABASE :"database" TO :"installer", :"runtime";

-- Schema tideline belongs to the installer. Only the owner of a table may say that a trigger fires whatever the session's role.
GRANT CREATE ON DATABASE :"database" TO :"installer";
GRANT :"owner" TO :"installer";

-- The runtime reads the tables, and reads and writes what the installer makes. It owns nothing: it can change neither
-- the functions that run within the application's statements, nor a row of the application's.
GRANT USAGE ON SCHEMA :"schema" TO :"runtime";
GRANT SELECT ON :tables TO :"runtime";
ALTER DEFAULT PRIVILEGES FOR ROLE :"installer" GRANT USAGE ON SCHEMAS TO :"runtime";
ALTER DEFAULT PRIVILEGES FOR ROLE :"installer" GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON TABLES TO :"runtime";
ALTER DEFAULT PRIVILEGES FOR ROLE :"installer" GRANT SELECT, USAGE, UPDATE ON SEQUENCES TO :"runtime";
ALTER DEFAULT PRIVILEGES FOR ROLE :"installer" REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE :"installer" GRANT EXECUTE ON FUNCTIONS TO :"runtime";
