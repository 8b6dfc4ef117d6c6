-- Requests that were carried out unclaimed. One that a sequencer or a poller wrote since then has another xmin and stays;
-- should its transaction be open, this waits for it and looks again.
DELETE FROM tideline.outgoing_request o
 USING unnest(CAST(? AS bigint[]), CAST(? AS text[])) AS w (request_id, version)
 WHERE o.request_id = w.request_id AND o.xmin::text = w.version AND o.lease_until IS NULL
