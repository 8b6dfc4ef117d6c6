SELECT mapping_name, tenant, last_synced_sequence_id, definition, copy_definition, copy_sequence_id, copy_position, copy_rows, copy_prune, parked, refused, table_name
  FROM {{schema}}.tideline_sync_metadata
