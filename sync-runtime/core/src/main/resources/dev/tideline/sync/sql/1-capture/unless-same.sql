-- Of what is captured and what mappings read, nothing has changed. Compared byte by byte, since no other comparison does for
        -- every type.
        IF NOT pg_catalog.record_image_ne(ROW({{old}}), ROW({{new}})) THEN
            RETURN NULL;
        END IF;
