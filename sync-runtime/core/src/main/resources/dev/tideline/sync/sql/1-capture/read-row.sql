    -- Whatever reading the row fails with (a column that was renamed or dropped, a cast of the user's that raises) stays
    -- here: the application goes on, and the table is compared. Nothing is written within the block, so it takes no
    -- transaction id of its own; it costs 0.3 us of the 6 that capturing takes (decision 0156).
    BEGIN
        {{read}}
    EXCEPTION WHEN OTHERS THEN
        INSERT INTO tideline.change_{{generation}} (stream, truncated, c1) VALUES ({{stream}}, true, SQLERRM);
        RETURN NULL;
    END;
