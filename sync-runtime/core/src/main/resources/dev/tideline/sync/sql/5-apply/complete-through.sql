-- Up to which time at the source everything has arrived: at once where something has just come, once a second at most of the
-- others. Never waits for whoever holds a row; he, or the next run, writes it down.
UPDATE {{schema}}.tideline_sync_metadata AS m SET complete_through = t.through
  FROM (SELECT CAST({{through}} AS timestamptz) AS through) t,
       (SELECT mapping_name FROM {{schema}}.tideline_sync_metadata
         WHERE mapping_name = ANY ({{caughtUp}}) FOR UPDATE SKIP LOCKED) free
 WHERE m.mapping_name = free.mapping_name
   AND (m.complete_through IS NULL OR m.complete_through < t.through - interval '1 s'
        OR m.mapping_name = ANY ({{moved}}) AND m.complete_through < t.through)
