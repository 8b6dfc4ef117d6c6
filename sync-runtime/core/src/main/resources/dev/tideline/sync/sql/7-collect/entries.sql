-- Removes ledger entries of the next {{tenants}} tenants after one, at most {{batch}} of them: those that every cursor
-- has passed and that are older than the retention time; and those so old that no cursor is waited for any more. A
-- target being copied keeps all entries of its tenant; webhooks keep entries without a request, which are no more than
-- their rows; a target that was never copied keeps none, since it will read the table.
WITH RECURSIVE found AS (
    (SELECT l.tenant FROM tideline.{{ledger}} l {{behind}} ORDER BY l.tenant LIMIT 1)
     UNION ALL
    SELECT n.tenant FROM found f CROSS JOIN LATERAL (
        SELECT l.tenant FROM tideline.{{ledger}} l WHERE l.tenant > f.tenant ORDER BY l.tenant LIMIT 1) n
),
page AS MATERIALIZED (SELECT tenant FROM found LIMIT {{tenants}}),
passed AS MATERIALIZED (
    SELECT s.tenant, coalesce((
        SELECT min(CASE WHEN t.copied_rows > 0 THEN -1 ELSE t.last_synced_sequence_id END)
          FROM tideline.target_state t
          JOIN tideline.mapping m ON m.name = t.mapping_name AND m.stream_id = {{stream}}
         WHERE t.tenant = s.tenant AND (t.copied_rows > 0 OR t.last_synced_sequence_id >= 0)
    ), 9223372036854775807) AS by_all
      FROM page s
),
candidate AS MATERIALIZED (
    SELECT p.tenant, e.sequence_id
      FROM passed p CROSS JOIN LATERAL (
        SELECT l.sequence_id, l.changed_at FROM tideline.{{ledger}} l
         WHERE l.tenant = p.tenant ORDER BY l.sequence_id LIMIT {{batch}}) e
     WHERE (e.sequence_id <= p.by_all AND e.changed_at < clock_timestamp() - CAST(CAST(? AS text) AS interval)
            OR e.changed_at < clock_timestamp() - CAST(CAST(? AS text) AS interval))
       AND e.sequence_id <= (SELECT coalesce(min(w.sequence_id), 9223372036854775807) FROM tideline.webhook w
                               JOIN tideline.mapping m ON m.name = w.mapping_name WHERE m.stream_id = {{stream}})
     LIMIT {{batch}}
),
removed AS (
    DELETE FROM tideline.{{ledger}} l USING candidate c WHERE l.tenant = c.tenant AND l.sequence_id = c.sequence_id
    RETURNING l.tenant, l.sequence_id
),
marked AS (
    INSERT INTO tideline.collected AS c (stream_id, tenant, sequence_id)
    SELECT {{stream}}, tenant, max(sequence_id) FROM removed GROUP BY tenant
        ON CONFLICT (stream_id, tenant) DO UPDATE SET sequence_id = greatest(c.sequence_id, EXCLUDED.sequence_id)
    RETURNING 1
)
SELECT (SELECT max(tenant) FROM page) AS last_tenant, (SELECT count(*) FROM candidate) AS candidates,
       (SELECT count(*) FROM removed) AS removed
