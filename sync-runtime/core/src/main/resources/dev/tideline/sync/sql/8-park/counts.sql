-- The number of a tenant's parked rows, by external database and mapping; discarded ones do not count.
SELECT target, mapping_name, count(*) FROM tideline.parked WHERE tenant = ? AND NOT discarded GROUP BY 1, 2
