-- A commit that waits for the log, and with it for all of the log before it. The message goes nowhere and takes no lock.
BEGIN;
SET LOCAL synchronous_commit = local;
SELECT pg_logical_emit_message(true, 'tideline', '');
COMMIT
