-- A dead request is tried again from the beginning. If the same request is waiting already, that one replaces it.
UPDATE tideline.outgoing_request
   SET dead = false, attempts = 0, not_before = '-infinity', lease_until = NULL, claimed_by = NULL
 WHERE request_id = ? AND dead
