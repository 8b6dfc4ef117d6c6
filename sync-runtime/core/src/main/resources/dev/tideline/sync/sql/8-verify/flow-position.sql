-- The target's position. While a copy runs it has none.
SELECT CASE WHEN copy_definition IS NULL THEN definition END AS definition, last_synced_sequence_id
  FROM {{schema}}.tideline_sync_metadata WHERE mapping_name = {{mapping}}
