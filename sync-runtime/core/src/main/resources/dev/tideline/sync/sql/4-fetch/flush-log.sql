-- A commit that waits for the log, and thereby for the whole log before it. The message goes nowhere and takes no lock.
BEGIN;
SET LOCAL synchronous_commit = local;
SELECT pg_logical_emit_message(true, 'tideline', '');
COMMIT
