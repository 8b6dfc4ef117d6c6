-- The cursor of each mapping, and the progress of a first copy, committed together with the rows.
CREATE TABLE IF NOT EXISTS {{schema}}.tideline_sync_metadata (
    mapping_name            text        PRIMARY KEY,
    last_synced_sequence_id bigint      NOT NULL DEFAULT -1,
    updated_at              timestamptz NOT NULL DEFAULT clock_timestamp(),
    complete_through        timestamptz, -- time at the source up to which everything has arrived; NULL: not known yet
    tenant                  text        NOT NULL, -- whose rows these are; nobody else's may come here
    table_name              text,   -- where the rows are, quoted; NULL: nowhere yet
    definition              text,   -- what the rows were made with; NULL: not copied yet
    copy_definition         text,   -- what a copy that runs makes them with; NULL: none runs
    copy_sequence_id        bigint, -- where the copy will leave the cursor
    copy_position           text,   -- key of the last row copied, as a JSON array of texts; NULL: none yet
    copy_rows               bigint  NOT NULL DEFAULT 0,
    copy_prune              boolean NOT NULL DEFAULT false, -- rows were there before, of which some may have to go
    parked                  boolean NOT NULL DEFAULT false, -- the cursor has passed rows that the source lists as parked
    refused                 integer NOT NULL DEFAULT 0 -- rows parked in a row, with none applied between them
)
