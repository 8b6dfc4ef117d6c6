-- The doorbell no longer says 2 while the sequencer sleeps, but until when capture should ring. Functions of an earlier
-- install, which do not know of it, do not ring until install has been run; changes are then found within a second.
COMMENT ON SEQUENCE tideline.doorbell IS
    'capture rings for the sequencer until then, in seconds since 1970; read outside of transactions, so that a writer sees at once that it should, however old its snapshot is';
DO $$ BEGIN PERFORM setval('tideline.doorbell', 1); END $$;
