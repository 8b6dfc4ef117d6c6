-- Up to which id a tenant's entries may have been collected.
SELECT sequence_id FROM tideline.collected WHERE stream_id = {{stream}} AND tenant = {{tenant}}
