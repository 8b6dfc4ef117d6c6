-- Commits no longer wait for the disk (decision 0102); how they did before, and whether the database may be a source.
SELECT current_setting('synchronous_commit'), to_regnamespace('tideline') IS NOT NULL,
       set_config('synchronous_commit', 'off', false)
