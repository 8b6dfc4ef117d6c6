        -- The row has left its tenant, or its key. Compared here and not in a WHEN of a second trigger, which Postgres would
        -- parse again for each statement (5 us); as arrays, since IS DISTINCT FROM looks its operator up in the caller's path.
        IF pg_catalog.array_ne(old_values COLLATE pg_catalog."C", new_values) THEN
            {{appendOld}}
        END IF;
