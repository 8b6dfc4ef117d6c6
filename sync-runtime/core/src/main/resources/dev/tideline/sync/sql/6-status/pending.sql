-- Changes that were committed and no pass has seen, by stream: an exact number up to ?.
WITH sample AS MATERIALIZED (
    SELECT c.stream, c.captured_at
      FROM (SELECT last_snapshot FROM tideline.sequencer ORDER BY last_sequence_id DESC LIMIT 1) s
     CROSS JOIN (SELECT pg_current_snapshot() AS later OFFSET 0) now_
     CROSS JOIN LATERAL tideline.new_changes(s.last_snapshot, now_.later) c
     LIMIT ?
)
SELECT stream, count(*) AS changes, min(captured_at) AS oldest FROM sample GROUP BY stream
