-- How far the next batch of one mapping reaches, how many rows it has, and the epoch of its stream.
(SELECT (SELECT epoch FROM tideline.stream WHERE stream_id = {{stream}}) AS epoch, max(sequence_id) AS up_to, count(*) AS rows
   FROM (SELECT sequence_id FROM tideline.{{ledger}} WHERE tenant = ? AND sequence_id > ? ORDER BY sequence_id LIMIT ?) b)
