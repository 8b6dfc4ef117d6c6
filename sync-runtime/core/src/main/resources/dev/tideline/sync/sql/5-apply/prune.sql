-- After a copy into a table that was not empty: whatever the source does not have goes.
DELETE FROM {{target}} t WHERE NOT EXISTS (SELECT 1 FROM pg_temp.{{keysTable}} k WHERE {{join}})
