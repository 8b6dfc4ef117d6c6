-- Whether every change that was visible at the mark has its sequence id, including those that follow from a changed row
-- of another table.
SELECT NOT EXISTS (SELECT 1 FROM tideline.sequencer q
                    CROSS JOIN LATERAL tideline.new_changes(q.last_snapshot, {{mark}}::pg_snapshot) c)
   AND NOT EXISTS (SELECT 1 FROM tideline.fan_out f JOIN tideline.dependency d ON d.dependency_id = f.dependency_id
                    WHERE d.root_stream = {{stream}})
