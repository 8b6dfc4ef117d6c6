-- Records that changes were left out because their tenant id is too long. One row for the stream, however many there
-- are.
INSERT INTO tideline.refused_tenant AS r (stream_id, beginning, bytes, changes)
SELECT {{stream}}, min(left(tenant, 60)), max(octet_length(tenant)), count(*)
  FROM (SELECT {{tenant}} AS tenant
          FROM tideline.new_changes(CAST(? AS pg_snapshot), CAST(? AS pg_snapshot)) c
         WHERE c.stream = {{stream}} AND NOT c.truncated AND {{tenantPresent}}) t
 WHERE octet_length(tenant) > {{longest}}
HAVING count(*) > 0
    ON CONFLICT (stream_id) DO UPDATE
   SET beginning = EXCLUDED.beginning, bytes = greatest(r.bytes, EXCLUDED.bytes), changes = r.changes + EXCLUDED.changes,
       last_at = clock_timestamp()
