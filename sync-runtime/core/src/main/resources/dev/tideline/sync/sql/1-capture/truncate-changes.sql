-- Only if every row is older than the last pass; checked under the lock, so that none can be added in between.
LOCK TABLE {{changeTable}} IN ACCESS EXCLUSIVE MODE NOWAIT;
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM {{changeTable}} c, tideline.sequencer s
                    WHERE NOT pg_visible_in_snapshot(c.xid, s.last_snapshot)) THEN
        TRUNCATE {{changeTable}};
    END IF;
END
$$;
