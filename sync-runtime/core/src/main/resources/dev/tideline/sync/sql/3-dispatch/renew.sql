UPDATE tideline.outgoing_request SET lease_until = clock_timestamp() + CAST(CAST(? AS text) AS interval) WHERE request_id = ? AND fence = ?
