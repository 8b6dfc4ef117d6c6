-- The oldest unfinished fan-out.
SELECT dependency_id, values, position, changed_at::text AS changed_at FROM tideline.fan_out ORDER BY changed_at, dependency_id, values LIMIT 1
