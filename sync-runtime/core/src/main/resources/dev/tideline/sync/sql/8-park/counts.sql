-- Rows of a tenant that are set aside, by external database and mapping; those that were given up do not count.
SELECT target, mapping_name, count(*) FROM tideline.parked WHERE tenant = ? AND NOT discarded GROUP BY 1, 2
