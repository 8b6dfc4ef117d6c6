-- The changed root rows: each key once, with the next sequence id, and one request for each tenant. Rows whose tenant
-- id is too long to be kept have none here; they are counted and left out. A waiting request is locked, not skipped: a
-- poller that is claiming it either finishes first (then a new request is created) or comes after this commit (then it
-- sees these rows).
WITH latest AS (
    SELECT {{tenant}} AS tenant, {{castSlots}}, max(captured_at) AS changed_at
      FROM tideline.new_changes(CAST(? AS pg_snapshot), CAST(? AS pg_snapshot)) c
     WHERE c.stream = {{stream}} AND NOT c.truncated AND {{tenantPresent}}{{readable}}
     GROUP BY {{groupBy}}
),
{{append}}
