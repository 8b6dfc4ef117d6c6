-- The application may name the trace that it writes in: SET LOCAL tideline.traceparent = '00-...'. The defaults pick it up, so
-- that neither capture's functions nor tideline.enqueue_request know of it. Whatever stands there, no write fails: only a
-- value of the one length that the format has is taken, and whoever reads it checks the rest. Unset, it is NULL, which
-- takes no space. All locks are had at once, or none, and asked for again: no writer waits for more than 80 ms.
DO $$
DECLARE
    written  text;
    deadline timestamptz := clock_timestamp() + interval '60 s';
BEGIN
    PERFORM set_config('lock_timeout', '20ms', true);
    LOOP
        BEGIN
            LOCK TABLE tideline.change_0, tideline.change_1, tideline.change_2, tideline.outgoing_request
                IN ACCESS EXCLUSIVE MODE;
            FOREACH written IN ARRAY ARRAY['change_0', 'change_1', 'change_2', 'outgoing_request'] LOOP
                EXECUTE format('ALTER TABLE tideline.%I ADD COLUMN traceparent text', written);
                EXECUTE format($alter$
                    ALTER TABLE tideline.%I ALTER COLUMN traceparent SET DEFAULT
                        CASE WHEN octet_length(current_setting('tideline.traceparent', true)) = 55
                             THEN current_setting('tideline.traceparent', true) END
                    $alter$, written);
            END LOOP;
            EXIT;
        EXCEPTION WHEN lock_not_available THEN
            IF clock_timestamp() > deadline THEN
                RAISE EXCEPTION 'a transaction that wrote to a captured table has been open for a minute'
                      USING ERRCODE = 'lock_not_available', HINT = 'End it, or run "install" again later.';
            END IF;
            PERFORM pg_sleep(0.2);
        END;
    END LOOP;
    PERFORM set_config('lock_timeout', '0', true);
END
$$;
