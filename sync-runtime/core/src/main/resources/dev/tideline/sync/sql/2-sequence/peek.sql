-- Whether the sequencer is not paused, and for which layout; the two snapshots between which a pass works, whether
-- there is more after them, and what is new between them, by stream. One statement, so that the results are consistent.
-- One row with an empty stream if nothing is new.
SELECT coalesce((SELECT enabled FROM tideline.fuse WHERE name = 'sequencer'), true) AS enabled, (SELECT version FROM tideline.layout) AS layout_version,
       s.last_snapshot::text AS earlier, n.later::text AS later, n.later::text <> now_.snapshot::text AS more,
       statement_timestamp()::text AS at,
       pg_snapshot_xmin(now_.snapshot)::text::bigint AS oldest_open, pg_snapshot_xmax(now_.snapshot)::text::bigint AS next_xid,
       c.stream, coalesce(c.truncated, false) AS truncated, c.unread, c.changes, c.removed, c.traced
  FROM (SELECT * FROM tideline.sequencer ORDER BY last_sequence_id DESC LIMIT 1) s -- past its dead versions
 CROSS JOIN (SELECT pg_current_snapshot() AS snapshot OFFSET 0) now_
 CROSS JOIN LATERAL (SELECT tideline.slice(s.last_snapshot, now_.snapshot, ?) AS later OFFSET 0) n
  LEFT JOIN LATERAL (SELECT n.stream, bool_or(n.truncated) AS truncated, max(n.c1) FILTER (WHERE n.truncated) AS unread,
                             count(*) AS changes, count(*) FILTER (WHERE n.removed) AS removed,
                             count(n.traceparent) AS traced
                       FROM tideline.new_changes(s.last_snapshot, n.later) n
                      GROUP BY n.stream) c ON true
 ORDER BY c.stream
