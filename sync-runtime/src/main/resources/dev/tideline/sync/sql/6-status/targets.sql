-- A page of the targets that a runtime has reported on; the row of mapping '' concerns the target as a whole.
SELECT tenant, target, mapping_name, address, last_synced_sequence_id, copied_rows, error, failures, retry_at, updated_at,
       (SELECT count(*) FROM tideline.parked_row p
         WHERE p.tenant = s.tenant AND p.target = s.target AND p.mapping_name = s.mapping_name) AS parked
  FROM tideline.target_state s
 WHERE (tenant, target) IN (SELECT DISTINCT tenant, target FROM tideline.target_state
                             WHERE CAST(? AS text) IS NULL OR tenant = ?
                             ORDER BY tenant, target LIMIT ? OFFSET ?)
 ORDER BY tenant, target, mapping_name
