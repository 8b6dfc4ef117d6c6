-- Claims of a runtime that runs, and does not know of them or has done with them: the connection broke while it claimed
-- or ended them. What it works on is not touched.
UPDATE tideline.outgoing_request SET lease_until = '-infinity'
 WHERE claimed_by = ? AND lease_until >= clock_timestamp() AND request_id::text <> ALL (?)
