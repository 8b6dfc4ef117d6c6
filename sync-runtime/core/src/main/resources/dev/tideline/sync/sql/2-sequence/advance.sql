-- Ends a pass, in one message.
SELECT tideline.advance(?, CAST(? AS pg_snapshot), CAST(? AS timestamptz));
COMMIT
