-- One row per key that changed, with the id of the last pass that saw it, until every cursor has passed it. Typed as the source's own key.
CREATE TABLE IF NOT EXISTS tideline.{{ledger}} (
    tenant      text COLLATE "C" NOT NULL,
    {{keyColumns}},
    sequence_id bigint      NOT NULL,
    changed_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant, {{keys}})
);
CREATE UNIQUE INDEX IF NOT EXISTS {{ledger}}_sequence ON tideline.{{ledger}} (tenant, sequence_id);
