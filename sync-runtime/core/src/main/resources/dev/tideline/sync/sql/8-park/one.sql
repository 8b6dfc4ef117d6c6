SELECT tenant, target, mapping_name, key, sequence_id, error, sql_state, tries, parked_at, tried_at
  FROM tideline.parked
 WHERE NOT discarded AND tenant = ? AND target = ? AND mapping_name = ? AND key = CAST(? AS text[])
