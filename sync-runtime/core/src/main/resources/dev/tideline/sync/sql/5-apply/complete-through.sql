-- Records the time at the source up to which everything has arrived: at once for mappings that have just received
-- something, at most once a second for the others. Never waits for a locked row; the session that holds it, or the next
-- run, will record it.
UPDATE {{schema}}.tideline_sync_metadata AS m SET complete_through = t.through
  FROM (SELECT CAST({{through}} AS timestamptz) AS through) t,
       (SELECT mapping_name FROM {{schema}}.tideline_sync_metadata
         WHERE mapping_name = ANY ({{caughtUp}}) FOR UPDATE SKIP LOCKED) free
 WHERE m.mapping_name = free.mapping_name
   AND (m.complete_through IS NULL OR m.complete_through < t.through - interval '1 s'
        OR m.mapping_name = ANY ({{moved}}) AND m.complete_through < t.through)
