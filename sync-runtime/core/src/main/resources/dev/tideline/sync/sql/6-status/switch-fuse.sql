-- The table's trigger records who, when, and from where.
INSERT INTO tideline.fuse (name, enabled, changed_at, changed_by, changed_from) VALUES (?, ?, clock_timestamp(), ?, ?)
    ON CONFLICT (name) DO UPDATE
   SET enabled = EXCLUDED.enabled, changed_at = EXCLUDED.changed_at, changed_by = EXCLUDED.changed_by,
       changed_from = EXCLUDED.changed_from
