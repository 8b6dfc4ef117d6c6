-- Whether anything was committed that no pass has seen. What a pass has seen is in the log on disk, because the pass
-- itself is. Each arm stops at the first row; the LIMIT also makes the planner walk the index (the tables have no
-- statistics, and were scanned: 14 to 60 ms after 100,000 changes).
WITH s AS (SELECT last_snapshot FROM tideline.sequencer ORDER BY last_sequence_id DESC LIMIT 1)
SELECT EXISTS (SELECT 1 FROM s CROSS JOIN LATERAL (
        (SELECT 1 FROM tideline.change_0 c WHERE c.xid >= pg_snapshot_xmax(s.last_snapshot) ORDER BY c.xid LIMIT 1)
         UNION ALL
        (SELECT 1 FROM tideline.change_1 c WHERE c.xid >= pg_snapshot_xmax(s.last_snapshot) ORDER BY c.xid LIMIT 1)
         UNION ALL
        (SELECT 1 FROM tideline.change_2 c WHERE c.xid >= pg_snapshot_xmax(s.last_snapshot) ORDER BY c.xid LIMIT 1)) c)
    OR EXISTS (SELECT 1 FROM s CROSS JOIN LATERAL pg_snapshot_xip(s.last_snapshot) x
                WHERE pg_visible_in_snapshot(x, pg_current_snapshot()))
