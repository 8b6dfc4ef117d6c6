-- Whether the table that records the installed layout is missing.
SELECT to_regclass('tideline.layout') IS NULL OR to_regclass('tideline.schema_history') IS NULL
