-- After a crash that emptied it. Unlogged tables now depend on another row.
INSERT INTO tideline.crash_canary SELECT gen_random_uuid() WHERE NOT EXISTS (SELECT 1 FROM tideline.crash_canary)
