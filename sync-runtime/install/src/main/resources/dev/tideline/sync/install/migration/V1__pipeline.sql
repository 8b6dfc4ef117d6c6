-- Everything that Tideline keeps in the source, but for what depends on the mappings (ledgers, triggers and views),
-- which install makes. Nothing here refers to a table of the user's.

-- A list of columns of one table whose values are captured when a row changes. A root stream holds tenant and key and
-- has a ledger; a dependency stream holds the columns that root rows are joined on; the directory stream holds the
-- tenant of an external database that was added, changed or removed.
CREATE TABLE tideline.stream (
    stream_id      integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    incarnation    uuid        NOT NULL DEFAULT gen_random_uuid(), -- differs when a stream was removed and made again
    kind           text        NOT NULL CHECK (kind IN ('root', 'dependency', 'directory')),
    table_schema   text        NOT NULL,
    table_name     text        NOT NULL,
    columns        text[]      NOT NULL, -- in the order of change.c1, c2, ...
    types          text[]      NOT NULL, -- in step with columns
    tenant_columns integer     NOT NULL, -- how many of the first columns identify the tenant
    epoch          bigint      NOT NULL DEFAULT 0, -- raised when rows may have vanished unnoticed: TRUNCATE
    installed_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (kind, table_schema, table_name, columns, tenant_columns)
);

-- The mappings as they were installed; run compares its own with them.
CREATE TABLE tideline.mapping (
    name       text    PRIMARY KEY,
    stream_id  integer NOT NULL REFERENCES tideline.stream,
    definition text    NOT NULL -- digest of everything that decides what a target row looks like
);

-- Which dependency stream makes which root stream's rows stale, and on which columns they meet.
CREATE TABLE tideline.dependency (
    dependency_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream_id     integer NOT NULL REFERENCES tideline.stream,
    root_stream   integer NOT NULL REFERENCES tideline.stream,
    root_columns  text[]  NOT NULL, -- in step with the columns of stream_id
    root_types    text[]  NOT NULL,
    UNIQUE (stream_id, root_stream, root_columns)
);

-- The partitions of captured tables that are looked after: TRUNCATE of a partition fires no trigger of its parent, and
-- attaching or detaching one brings or takes rows without any statement on them.
CREATE TABLE tideline.partition (
    stream_id integer NOT NULL REFERENCES tideline.stream ON DELETE CASCADE,
    relation  oid     NOT NULL,
    PRIMARY KEY (stream_id, relation)
);

-- What capture appends to. Three tables, of which one is written to while the others are drained and truncated: rows
-- are never deleted one by one. A pass reads all three, so a late writer of an old one is never missed.
CREATE TABLE tideline.change_0 (
    xid         xid8        NOT NULL DEFAULT pg_current_xact_id(),
    stream      integer     NOT NULL,
    truncated   boolean     NOT NULL DEFAULT false,
    captured_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    c1 text, c2 text, c3 text, c4 text, c5 text, c6 text, c7 text, c8 text,
    c9 text, c10 text, c11 text, c12 text, c13 text, c14 text, c15 text, c16 text
) WITH (autovacuum_enabled = false, toast.autovacuum_enabled = false);
CREATE TABLE tideline.change_1 (LIKE tideline.change_0 INCLUDING ALL)
    WITH (autovacuum_enabled = false, toast.autovacuum_enabled = false);
CREATE TABLE tideline.change_2 (LIKE tideline.change_0 INCLUDING ALL)
    WITH (autovacuum_enabled = false, toast.autovacuum_enabled = false);
CREATE INDEX ON tideline.change_0 (xid);
CREATE INDEX ON tideline.change_1 (xid);
CREATE INDEX ON tideline.change_2 (xid);

-- The changes that are visible in one snapshot and were not in an earlier one. As UNION ALL, each arm walks the index
-- (0.075 ms); the same condition with OR reads the whole table (9.3 ms). Inlined by the planner.
CREATE FUNCTION tideline.new_changes(earlier pg_snapshot, later pg_snapshot) RETURNS SETOF tideline.change_0
    LANGUAGE sql STABLE AS $$
    SELECT * FROM tideline.change_0 WHERE xid >= pg_snapshot_xmax(earlier) AND pg_visible_in_snapshot(xid, later)
    UNION ALL
    SELECT * FROM tideline.change_0 WHERE xid = ANY (ARRAY(SELECT pg_snapshot_xip(earlier)))
                                      AND pg_visible_in_snapshot(xid, later)
    UNION ALL
    SELECT * FROM tideline.change_1 WHERE xid >= pg_snapshot_xmax(earlier) AND pg_visible_in_snapshot(xid, later)
    UNION ALL
    SELECT * FROM tideline.change_1 WHERE xid = ANY (ARRAY(SELECT pg_snapshot_xip(earlier)))
                                      AND pg_visible_in_snapshot(xid, later)
    UNION ALL
    SELECT * FROM tideline.change_2 WHERE xid >= pg_snapshot_xmax(earlier) AND pg_visible_in_snapshot(xid, later)
    UNION ALL
    SELECT * FROM tideline.change_2 WHERE xid = ANY (ARRAY(SELECT pg_snapshot_xip(earlier)))
                                      AND pg_visible_in_snapshot(xid, later)
$$;

-- Where the sequencer stands. A change is new to a pass when its transaction is visible now and was not in
-- last_snapshot; nothing else is remembered of what was read.
CREATE TABLE tideline.sequencer (
    singleton        boolean     PRIMARY KEY DEFAULT true CHECK (singleton),
    last_snapshot    pg_snapshot NOT NULL,
    last_sequence_id bigint      NOT NULL DEFAULT 0,
    layout_version   bigint      NOT NULL DEFAULT 0, -- raised by install: the sequencer reads the streams again
    change_table     integer     NOT NULL DEFAULT 0 CHECK (change_table BETWEEN 0 AND 2),
    rotated_at       xid8        NOT NULL DEFAULT pg_current_xact_id(), -- when capture last turned to another table
    passed_at        timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO tideline.sequencer (last_snapshot) VALUES (pg_current_snapshot());

-- Starts at the clock's microseconds and not at 1: should Tideline be removed and installed again, its ids go on above
-- those that the targets' cursors have. (A million ids a second, for ever, would catch up with the clock.)
CREATE SEQUENCE tideline.sequence_id;
DO $$ BEGIN PERFORM setval('tideline.sequence_id', CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)); END $$;
UPDATE tideline.sequencer SET last_sequence_id = (SELECT last_value FROM tideline.sequence_id);

-- 2 while the sequencer sleeps, else 1. A sequence, because it is read outside of transactions: a writer sees at once
-- that it should ring, however old its snapshot is.
CREATE SEQUENCE tideline.doorbell;

-- A changed dependency row whose root rows were too many for one pass.
CREATE TABLE tideline.fan_out (
    dependency_id integer     NOT NULL REFERENCES tideline.dependency ON DELETE CASCADE,
    values        text[]      NOT NULL,
    position      text[], -- the key of the last root row that was taken; NULL: from the start
    changed_at    timestamptz NOT NULL,
    PRIMARY KEY (dependency_id, values)
);

-- Requests that wait to be carried out, at least once: a tenant's sync (kind 'sync'), or an HTTP request. At most one
-- waits per deduplication key; another may be in flight meanwhile.
CREATE TABLE tideline.outgoing_request (
    request_id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind              text        NOT NULL DEFAULT 'http' CHECK (kind IN ('sync', 'http')),
    tenant            text,
    url               text,
    body              jsonb,
    headers           jsonb,
    deduplication_key text,
    flow_key          text,
    parallelism       integer     NOT NULL DEFAULT 1 CHECK (parallelism > 0),
    enqueued_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_at        timestamptz, -- the oldest change that the request is for
    not_before        timestamptz NOT NULL DEFAULT '-infinity',
    attempts          integer     NOT NULL DEFAULT 0,
    last_error        text,
    dead              boolean     NOT NULL DEFAULT false,
    lease_until       timestamptz, -- NULL: waiting
    claimed_by        text,
    fence             bigint      NOT NULL DEFAULT 0 -- raised by every claim; only the newest claim may finish it
);
CREATE UNIQUE INDEX outgoing_request_waiting ON tideline.outgoing_request (deduplication_key)
    WHERE lease_until IS NULL AND NOT dead;
CREATE INDEX outgoing_request_in_flight ON tideline.outgoing_request (flow_key) WHERE lease_until IS NOT NULL;

-- What the runtime last knew of each target and mapping. The truth is in the target's own tideline_sync_metadata; this
-- is for the status, and for tombstones.
CREATE TABLE tideline.target_state (
    tenant                  text        NOT NULL,
    target                  text        NOT NULL,
    mapping_name            text        NOT NULL, -- '' for what concerns the target as a whole
    address                 text        NOT NULL, -- without the password
    last_synced_sequence_id bigint,
    copied_rows             bigint      NOT NULL DEFAULT 0, -- of the first copy while it runs
    error                   text,
    failures                integer     NOT NULL DEFAULT 0,
    retry_at                timestamptz,
    updated_at              timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant, target, mapping_name)
);

CREATE TABLE tideline.fuse (
    name    text    PRIMARY KEY, -- 'sequencer', 'poller', or 'target:<tenant>/<name>'
    enabled boolean NOT NULL
);

CREATE TABLE tideline.parked_row (
    tenant       text        NOT NULL,
    target       text        NOT NULL,
    mapping_name text        NOT NULL,
    key          text        NOT NULL,
    sequence_id  bigint      NOT NULL,
    error        text        NOT NULL,
    parked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant, target, mapping_name, key)
);
