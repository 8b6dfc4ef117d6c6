-- After TRUNCATE it is unknown which rows are gone, so every target compares and copies the table again. The new epoch
-- is the time, as in compare_everything: a counter could repeat a value that a target has from a lost history. If a
-- dependency was truncated, its root rows remain, and all are stale.
UPDATE tideline.stream s SET epoch = greatest(epoch + 1, CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint))
 WHERE s.stream_id = ? OR s.stream_id IN (SELECT d.root_stream FROM tideline.dependency d WHERE d.stream_id = ?)
