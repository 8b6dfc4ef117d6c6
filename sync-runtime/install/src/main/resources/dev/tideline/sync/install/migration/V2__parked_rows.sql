-- Rows that a target refused, or that could not be read at the source. Written before the target's cursor passes them,
-- so that a row is never behind a cursor without being here. A mapping that goes takes its parked rows along.
DROP TABLE tideline.parked_row;

CREATE TABLE tideline.parked (
    tenant       text        NOT NULL,
    target       text        NOT NULL,
    mapping_name text        NOT NULL REFERENCES tideline.mapping ON DELETE CASCADE,
    key          text[]      NOT NULL, -- texts of the key's columns
    sequence_id  bigint      NOT NULL, -- of the change that was refused; of the copy's start, if it never changed
    error        text        NOT NULL,
    sql_state    text        NOT NULL,
    tries        integer     NOT NULL DEFAULT 1,
    parked_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    tried_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    discarded    boolean     NOT NULL DEFAULT false, -- given up: not shown and not tried until the row changes
    PRIMARY KEY (tenant, target, mapping_name, key)
);

-- The key is written as in row_state: one column as its text, several as a JSON array of texts.
CREATE VIEW tideline.parked_row AS
SELECT tenant, target, mapping_name,
       CASE WHEN cardinality(key) = 1 THEN key[1] ELSE to_jsonb(key)::text END AS key,
       sequence_id, error, sql_state, tries, parked_at, tried_at
  FROM tideline.parked WHERE NOT discarded;
