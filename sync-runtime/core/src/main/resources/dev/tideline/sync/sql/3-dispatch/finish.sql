-- Only the newest claim may finish a request.
DELETE FROM tideline.outgoing_request WHERE request_id = ? AND fence = ?
