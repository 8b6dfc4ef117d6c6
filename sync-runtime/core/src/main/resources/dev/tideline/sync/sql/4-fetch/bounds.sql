-- How far the next batch of one mapping reaches, its number of rows, the epoch of its stream, up to where entries were
-- removed, the version of the layout, and the time up to which all commits have their sequence ids.
(SELECT (SELECT epoch FROM tideline.stream WHERE stream_id = {{stream}}) AS epoch, max(sequence_id) AS up_to, count(*) AS rows,
        coalesce((SELECT sequence_id FROM tideline.collected WHERE stream_id = {{stream}} AND tenant = ?), -1) AS collected,
        (SELECT version FROM tideline.layout) AS layout_version,
        (SELECT complete_through::text FROM tideline.sequencer ORDER BY last_sequence_id DESC LIMIT 1) AS complete_through
   FROM (SELECT sequence_id FROM tideline.{{ledger}} WHERE tenant = ? AND sequence_id > ? ORDER BY sequence_id LIMIT ?) b)
