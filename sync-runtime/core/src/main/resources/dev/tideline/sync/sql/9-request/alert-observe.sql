-- The current reasons for alerts to a receiver: subjects by kind, with the time since when. A duration of zero or a
-- count of 0 switches a kind off. A tenant lags if its request is for a change that old; of its targets those that are
-- not known to have caught up since. Without a request the change may not have been sequenced: then the sequencer lags.
WITH limits AS (
    SELECT CAST(CAST(? AS text) AS interval) AS lag, CAST(CAST(? AS text) AS interval) AS failing,
           CAST(? AS integer) AS parked, CAST(? AS integer) AS dead_letters
),
lagging AS MATERIALIZED (
    SELECT r.tenant, min(r.changed_at) AS since FROM ONLY tideline.outgoing_request r, limits
     WHERE r.kind = 'sync' AND NOT r.dead AND limits.lag > interval '0' AND r.changed_at < clock_timestamp() - limits.lag
     GROUP BY r.tenant
)
SELECT 'lag' AS kind, l.tenant, coalesce(t.target, '') AS target, l.since, true AS due, NULL AS detail
  FROM lagging l LEFT JOIN LATERAL (
        SELECT DISTINCT s.target FROM tideline.target_state s
         WHERE s.tenant = l.tenant AND (s.error IS NOT NULL OR s.updated_at < l.since)) t ON true
 UNION ALL
SELECT 'lag', '', 'sequencer', min(c.captured_at), true, NULL
  FROM (SELECT n.captured_at
          FROM tideline.sequencer q CROSS JOIN LATERAL tideline.new_changes(q.last_snapshot, pg_current_snapshot()) n
         LIMIT 100) c, limits
 WHERE limits.lag > interval '0'
HAVING min(c.captured_at) < clock_timestamp() - min(limits.lag)
 UNION ALL
SELECT 'failing', s.tenant, s.target, clock_timestamp(), false, left(min(s.error), 500)
  FROM tideline.target_state s, limits WHERE s.error IS NOT NULL AND limits.failing > interval '0'
 GROUP BY s.tenant, s.target
 UNION ALL
SELECT 'parked', p.tenant, p.target, min(p.parked_at), true, count(*)::text
  FROM tideline.parked p, limits WHERE NOT p.discarded AND limits.parked > 0
 GROUP BY p.tenant, p.target, limits.parked HAVING count(*) >= limits.parked
 UNION ALL
SELECT 'dead_letters', '', '', min(d.enqueued_at), true, count(*)::text
  FROM tideline.outgoing_request d, limits WHERE d.dead AND limits.dead_letters > 0
 GROUP BY limits.dead_letters HAVING count(*) >= limits.dead_letters
