    -- The row has left its tenant, or its key. Compared here and not in a WHEN of a second trigger, which Postgres would
    -- parse again for each statement (5 us); as arrays, since IS DISTINCT FROM looks its operator up in the caller's path.
    IF pg_catalog.array_ne(ARRAY[{{oldTexts}}], ARRAY[{{newTexts}}]) THEN
        INSERT INTO tideline.change_{{generation}} (stream, removed, {{slots}}) VALUES ({{stream}}, true, {{oldValues}});
    END IF;
