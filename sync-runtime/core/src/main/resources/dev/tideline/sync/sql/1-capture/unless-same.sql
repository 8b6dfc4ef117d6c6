    -- Of what is captured and what mappings read, nothing has changed. Compared byte by byte, since no other comparison does
    -- for every type. Should one of the columns be renamed or dropped, everything counts as changed.
    BEGIN
        IF NOT pg_catalog.record_image_ne(ROW({{old}}), ROW({{new}})) THEN
            RETURN NULL;
        END IF;
    EXCEPTION WHEN OTHERS THEN
        NULL;
    END;
