-- The root rows that changed: each key once, with the next sequence id, and one request for each tenant concerned. Those whose
-- tenant id is too long to be kept have none here; they are counted and left out.
-- A waiting request is locked, not skipped: a poller
-- that is claiming it must finish first (then a new one is made) or comes after this commit (then it sees these rows).
WITH latest AS (
    SELECT {{tenant}} AS tenant, {{castSlots}}, max(captured_at) AS changed_at
      FROM tideline.new_changes(CAST(? AS pg_snapshot), CAST(? AS pg_snapshot)) c
     WHERE c.stream = {{stream}} AND NOT c.truncated AND {{tenantPresent}}{{readable}}
     GROUP BY {{groupBy}}
),
{{append}}
