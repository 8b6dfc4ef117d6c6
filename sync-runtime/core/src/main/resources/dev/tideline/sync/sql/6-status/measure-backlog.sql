-- Measures the next targets of one mapping that may be behind: those that fail, are paused or are copied, or whose
-- tenant has a request. Those measured last come last. Targets that have everything are removed from the list. Reads
-- {{ledger}} by its key.
WITH paused AS (
    SELECT tenant, target FROM tideline.paused_target
),
suspect AS (
    SELECT s.tenant, s.target FROM tideline.target_state s
     WHERE s.tenant IN (SELECT o.tenant FROM tideline.outgoing_request o WHERE o.kind = 'sync') AND s.mapping_name = {{mapping}}
    UNION SELECT s.tenant, s.target FROM tideline.target_state s WHERE s.error IS NOT NULL
    UNION SELECT s.tenant, s.target FROM tideline.target_state s WHERE s.copied_rows > 0
    UNION SELECT tenant, target FROM paused
    UNION SELECT tenant, target FROM tideline.backlog WHERE mapping_name = {{mapping}}
),
next AS MATERIALIZED (
    SELECT s.tenant, s.target, s.last_synced_sequence_id AS cursor
      FROM suspect x
      JOIN tideline.target_state s ON s.tenant = x.tenant AND s.target = x.target AND s.mapping_name = {{mapping}}
      LEFT JOIN tideline.backlog b ON b.tenant = s.tenant AND b.target = s.target AND b.mapping_name = {{mapping}}
     ORDER BY b.measured_at NULLS FIRST LIMIT {{targets}}
),
measured AS MATERIALIZED (
    SELECT n.tenant, n.target, l.entries, f.since
      FROM next n
     CROSS JOIN LATERAL (SELECT count(*) AS entries FROM tideline.{{ledger}} l
                          WHERE l.tenant = n.tenant AND l.sequence_id > coalesce(n.cursor, -1)) l
      LEFT JOIN LATERAL (SELECT l.changed_at AS since FROM tideline.{{ledger}} l
                          WHERE l.tenant = n.tenant AND l.sequence_id > coalesce(n.cursor, -1)
                          ORDER BY l.sequence_id LIMIT 1) f ON true
),
written AS (
    INSERT INTO tideline.backlog AS b (tenant, target, mapping_name, entries, behind_since)
    SELECT tenant, target, {{mapping}}, entries, since FROM measured WHERE since IS NOT NULL
        ON CONFLICT (tenant, target, mapping_name) DO UPDATE
       SET entries = EXCLUDED.entries, behind_since = EXCLUDED.behind_since, measured_at = clock_timestamp()
    RETURNING 1
),
done AS (
    DELETE FROM tideline.backlog b USING measured m
     WHERE b.tenant = m.tenant AND b.target = m.target AND b.mapping_name = {{mapping}} AND m.since IS NULL
    RETURNING 1
),
gone AS ( -- their target is listed no more
    DELETE FROM tideline.backlog b
     WHERE b.mapping_name = {{mapping}}
       AND NOT EXISTS (SELECT 1 FROM tideline.target_state s
                        WHERE s.tenant = b.tenant AND s.target = b.target AND s.mapping_name = b.mapping_name)
)
SELECT (SELECT count(*) FROM measured) AS measured, (SELECT count(*) FROM written) AS behind
