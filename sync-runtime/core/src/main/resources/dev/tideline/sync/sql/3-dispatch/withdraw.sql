-- Removes requests that were carried out unclaimed. If a sequencer or a poller has written one since then, it has
-- another xmin and stays; if their transaction is still open, this waits for it and checks again.
DELETE FROM tideline.outgoing_request o
 USING unnest(CAST(? AS bigint[]), CAST(? AS text[])) AS w (request_id, version)
 WHERE o.request_id = w.request_id AND o.xmin::text = w.version AND o.lease_until IS NULL
