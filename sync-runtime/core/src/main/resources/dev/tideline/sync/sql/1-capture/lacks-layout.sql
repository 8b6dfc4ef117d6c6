-- Whether what tells which layout is installed is not there.
SELECT to_regclass('tideline.layout') IS NULL OR to_regclass('tideline.schema_history') IS NULL
