-- What a person who operates this source looks at and does. Status is answered from figures that are kept here, never by
-- counting ledgers.

-- Deletions are told apart when they are captured, so that a pass can count them without looking at any row. Writers are
-- never held up: all three locks are had at once, or none, and asked for again.
DO $$
DECLARE
    change_table text;
    deadline     timestamptz := clock_timestamp() + interval '60 s';
BEGIN
    PERFORM set_config('lock_timeout', '100ms', true);
    LOOP
        BEGIN
            FOREACH change_table IN ARRAY ARRAY['change_0', 'change_1', 'change_2'] LOOP
                EXECUTE format('ALTER TABLE tideline.%I ADD COLUMN removed boolean NOT NULL DEFAULT false', change_table);
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

-- Tells one installation from another, even of the same source.
ALTER TABLE tideline.layout ADD COLUMN installation uuid NOT NULL DEFAULT gen_random_uuid();

-- What passes have sequenced, by stream. The runtime that sequences adds to it a few times a second, not in the pass's own
-- transaction: while somebody's transaction is open, each version of such a row stays in the way. A runtime that is killed
-- takes what it has not added yet along.
CREATE TABLE tideline.sequenced_figures (
    stream_id         integer PRIMARY KEY REFERENCES tideline.stream ON DELETE CASCADE,
    changes           bigint  NOT NULL DEFAULT 0, -- captured changes
    removed           bigint  NOT NULL DEFAULT 0, -- of these, deletions, and rows that left their key or tenant
    entries           bigint  NOT NULL DEFAULT 0, -- ledger entries
    first_sequence_id bigint,
    last_sequence_id  bigint
);

-- The same for what the collector removed from ledgers; apart, so that it and passes never wait for each other.
CREATE TABLE tideline.collected_figures (
    stream_id       integer PRIMARY KEY REFERENCES tideline.stream ON DELETE CASCADE,
    entries         bigint  NOT NULL DEFAULT 0,
    min_sequence_id bigint -- lowest id left in the ledger when it was last looked through; NULL: not yet, or none
);

-- How far behind the targets are that may be behind at all; the runtime that sequences measures one after the other. A target
-- that is not in here has everything, or was not measured yet.
CREATE TABLE tideline.backlog (
    tenant       text        NOT NULL,
    target       text        NOT NULL,
    mapping_name text        NOT NULL,
    entries      bigint      NOT NULL, -- ledger entries behind the cursor
    behind_since timestamptz NOT NULL, -- when the first of them was captured
    measured_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant, target, mapping_name)
);

ALTER TABLE tideline.target_state ADD COLUMN error_since timestamptz;
CREATE INDEX target_state_failing ON tideline.target_state (tenant, target) WHERE error IS NOT NULL;
CREATE INDEX target_state_copying ON tideline.target_state (tenant, target) WHERE copied_rows > 0;
CREATE INDEX outgoing_request_dead ON tideline.outgoing_request (request_id) WHERE dead;
CREATE INDEX parked_kept ON tideline.parked (tenant, target, mapping_name) WHERE NOT discarded;

-- Who switched what, when, and from where.
ALTER TABLE tideline.fuse
    ADD COLUMN changed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    ADD COLUMN changed_by   text NOT NULL DEFAULT session_user,
    ADD COLUMN changed_from text NOT NULL DEFAULT 'sql';
-- The external databases that are paused; in the label the last / stands before the name, in which % and / are escaped.
CREATE VIEW tideline.paused_target AS
    SELECT regexp_replace(substr(name, 8), '/[^/]*$', '') AS tenant,
           replace(replace(regexp_replace(substr(name, 8), '^.*/', ''), '%2F', '/'), '%25', '%') AS target, changed_at
      FROM tideline.fuse WHERE name LIKE 'target:%' AND NOT enabled;

CREATE TABLE tideline.fuse_change (
    change_id    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text        NOT NULL,
    enabled      boolean     NOT NULL,
    changed_at   timestamptz NOT NULL,
    changed_by   text        NOT NULL,
    changed_from text        NOT NULL
);
-- A switch by SQL says nothing of who and where, and so the session does.
CREATE FUNCTION tideline.attribute_fuse_change() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.changed_at = OLD.changed_at THEN
        NEW.changed_at := clock_timestamp();
        NEW.changed_by := session_user;
        NEW.changed_from := 'sql';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER attribute_fuse_change BEFORE UPDATE ON tideline.fuse
    FOR EACH ROW EXECUTE FUNCTION tideline.attribute_fuse_change();

-- By trigger, so that nothing is left out.
CREATE FUNCTION tideline.note_fuse_change() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO tideline.fuse_change (name, enabled, changed_at, changed_by, changed_from)
        VALUES (OLD.name, true, clock_timestamp(), session_user, 'sql');
    ELSE
        INSERT INTO tideline.fuse_change (name, enabled, changed_at, changed_by, changed_from)
        VALUES (NEW.name, NEW.enabled, NEW.changed_at, NEW.changed_by, NEW.changed_from);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER note_fuse_change AFTER INSERT OR UPDATE OR DELETE ON tideline.fuse
    FOR EACH ROW EXECUTE FUNCTION tideline.note_fuse_change();

-- The runtimes at work on this source. One is alive while it holds the advisory lock with its number.
CREATE TABLE tideline.process (
    number        integer     PRIMARY KEY,
    host          text        NOT NULL,
    pid           bigint      NOT NULL,
    version       text        NOT NULL,
    role          text        NOT NULL,
    since         timestamptz NOT NULL DEFAULT clock_timestamp(),
    leading_since timestamptz,                       -- when it last got the right to sequence
    requests      bigint      NOT NULL DEFAULT 0,    -- requests that it has carried out
    rows          jsonb       NOT NULL DEFAULT '{}'  -- rows that it has brought to targets, by mapping
);
