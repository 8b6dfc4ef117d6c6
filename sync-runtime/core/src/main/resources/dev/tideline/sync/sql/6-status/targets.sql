-- The recorded states of the given targets; the row of mapping '' concerns the target as a whole.
WITH page AS (
    SELECT tenant, target, place FROM unnest(CAST(? AS text[]), CAST(? AS text[])) WITH ORDINALITY AS named (tenant, target, place)
),
paused AS (
    SELECT tenant, target, changed_at FROM tideline.paused_target
)
SELECT p.tenant, p.target, coalesce(s.mapping_name, '') AS mapping_name, s.address, s.last_synced_sequence_id,
       coalesce(s.copied_rows, 0) AS copied_rows, s.error, s.error_since, coalesce(s.failures, 0) AS failures, s.retry_at, s.updated_at,
       (SELECT count(*) FROM (SELECT 1 FROM tideline.parked r
         WHERE r.tenant = s.tenant AND r.target = s.target AND r.mapping_name = s.mapping_name AND NOT r.discarded
         LIMIT 10000) kept) AS parked,
       x.changed_at AS paused_since,
       x.changed_at IS NOT NULL OR s.error IS NOT NULL
         OR EXISTS (SELECT 1 FROM tideline.target_state w
                     WHERE w.tenant = s.tenant AND w.target = s.target AND (w.error IS NOT NULL OR w.copied_rows > 0))
         OR EXISTS (SELECT 1 FROM tideline.outgoing_request o WHERE o.kind = 'sync' AND o.tenant = s.tenant) AS may_be_behind,
       b.entries AS kept_backlog
  FROM page p
  LEFT JOIN tideline.target_state s ON s.tenant = p.tenant AND s.target = p.target
  LEFT JOIN tideline.backlog b ON b.tenant = s.tenant AND b.target = s.target AND b.mapping_name = s.mapping_name
  LEFT JOIN paused x ON x.tenant = p.tenant AND x.target = p.target
 ORDER BY p.place, mapping_name
