-- What changed in a mapping can only be said with what it was before.
ALTER TABLE tideline.mapping ADD COLUMN details jsonb;

-- Of no two installations the same, so that a runtime notices one that was removed and made anew.
UPDATE tideline.sequencer SET layout_version = CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint);

-- Up to which sequence id ledger entries of a tenant may have been removed, since every cursor had passed them. A cursor
-- that is behind this one cannot go on: its target is compared with the source as a whole.
CREATE TABLE tideline.collected (
    stream_id   integer           NOT NULL REFERENCES tideline.stream ON DELETE CASCADE,
    tenant      text COLLATE "C"  NOT NULL,
    sequence_id bigint            NOT NULL,
    PRIMARY KEY (stream_id, tenant)
);

-- Fails where entries behind a cursor were removed. Asked within the statement that reads what is behind it, so that
-- both are seen in one snapshot.
CREATE FUNCTION tideline.nothing_collected(stream integer, of_tenant text, behind bigint) RETURNS boolean
    LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM tideline.collected c
                WHERE c.stream_id = stream AND c.tenant = of_tenant AND c.sequence_id > behind) THEN
        RAISE EXCEPTION 'entries behind sequence id % of tenant % have been removed meanwhile', behind, of_tenant
              USING ERRCODE = 'object_not_in_prerequisite_state', -- no row is at fault
                    HINT = 'The target is compared as a whole with the next try.';
    END IF;
    RETURN true;
END
$$;

-- Takes our row triggers off a table, and the views that read it, for a statement that Postgres refuses while they
-- stand: ALTER COLUMN ... TYPE of a key, tenant or joined column. To be called in the transaction of that statement, by the
-- table's owner. "install" puts all back, and has every target of the table compared, as nothing was captured meanwhile.
CREATE FUNCTION tideline.release(captured regclass) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    found record;
BEGIN
    FOR found IN
        WITH RECURSIVE family AS (
            SELECT captured::oid AS oid
             UNION
            SELECT i.inhrelid FROM pg_inherits i JOIN family f ON i.inhparent = f.oid)
        SELECT t.tgname, t.tgrelid::regclass AS relation
          FROM pg_trigger t
          JOIN family f ON f.oid = t.tgrelid
          JOIN pg_proc p ON p.oid = t.tgfoid
         WHERE p.pronamespace = 'tideline'::regnamespace AND t.tgparentid = 0 AND t.tgtype & 1 = 1 -- of rows, and not a partition's copy
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.relation);
    END LOOP;
    DROP VIEW IF EXISTS tideline.deleted_row, tideline.row_state;
END
$$;
