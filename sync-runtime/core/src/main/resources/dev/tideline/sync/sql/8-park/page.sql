-- A page of parked rows. NULL for "any".
SELECT tenant, target, mapping_name, key, sequence_id, error, sql_state, tries, parked_at, tried_at
  FROM tideline.parked
 WHERE NOT discarded
   AND (CAST(? AS text) IS NULL OR tenant = ?) AND (CAST(? AS text) IS NULL OR target = ?)
   AND (CAST(? AS text) IS NULL OR mapping_name = ?)
 ORDER BY tenant, target, mapping_name, key LIMIT ? OFFSET ?
