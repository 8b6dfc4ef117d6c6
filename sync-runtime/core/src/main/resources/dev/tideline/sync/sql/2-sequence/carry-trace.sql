-- Adds to the waiting requests of tenants the trace of their oldest change of this pass, unless they have one. This
-- pass locked them when it created or found them.
UPDATE ONLY tideline.outgoing_request o SET traceparent = w.traceparent
  FROM (SELECT DISTINCT ON (1) {{tenant}} AS tenant, traceparent
          FROM tideline.new_changes(CAST(? AS pg_snapshot), CAST(? AS pg_snapshot)) c
         WHERE c.stream = {{stream}} AND traceparent IS NOT NULL AND {{tenantPresent}}
         ORDER BY 1, captured_at) w
 WHERE o.deduplication_key = 'sync:' || w.tenant || ':' || (SELECT last_value FROM tideline.request_generation)
   AND o.lease_until IS NULL AND NOT o.dead
   AND o.traceparent IS NULL
