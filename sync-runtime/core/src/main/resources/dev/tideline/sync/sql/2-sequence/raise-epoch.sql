-- After TRUNCATE: which rows are gone is not known one by one, so every target compares and copies the table again.
-- The clock's, as in compare_everything: counted on, it could be one that a target has from a history that was lost.
-- A truncated dependency leaves the root rows, all of them stale.
UPDATE tideline.stream s SET epoch = greatest(epoch + 1, CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint))
 WHERE s.stream_id = ? OR s.stream_id IN (SELECT d.root_stream FROM tideline.dependency d WHERE d.stream_id = ?)
