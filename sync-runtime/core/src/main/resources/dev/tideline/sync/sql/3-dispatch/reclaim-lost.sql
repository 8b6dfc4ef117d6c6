-- Claims of a running runtime that it does not know or has finished: the connection broke while it claimed or ended
-- them. Those that it works on are not touched.
UPDATE tideline.outgoing_request SET lease_until = '-infinity'
 WHERE claimed_by = ? AND lease_until >= clock_timestamp() AND request_id::text <> ALL (?)
