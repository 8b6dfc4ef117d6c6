-- After TRUNCATE: which rows are gone is not known one by one, so every target compares and copies the table again.
-- A truncated dependency leaves the root rows, all of them stale.
UPDATE tideline.stream s SET epoch = epoch + 1
 WHERE s.stream_id = ? OR s.stream_id IN (SELECT d.root_stream FROM tideline.dependency d WHERE d.stream_id = ?)
