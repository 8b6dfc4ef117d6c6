-- A dead request is tried again from the beginning. Where the same request waits already, that one stands for it.
UPDATE tideline.outgoing_request
   SET dead = false, attempts = 0, not_before = '-infinity', lease_until = NULL, claimed_by = NULL
 WHERE request_id = ? AND dead
