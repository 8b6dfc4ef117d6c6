-- Whose rows are whose, and which row is which.

-- Key columns of a root stream that its ledger keeps as their exact text, since values that are equal here may be two
-- different ones at a target: citext without the extension, a collation that ignores case. The former form of a key is then
-- an entry of its own, for a row that is gone.
ALTER TABLE tideline.stream ADD COLUMN text_keys text[] NOT NULL DEFAULT '{}';

-- Changes that no tenant can have: their tenant id is longer than an index entry may be. One row for each stream, so that
-- whoever writes such ids cannot make it grow. Emptied by install.
CREATE TABLE tideline.refused_tenant (
    stream_id integer     PRIMARY KEY REFERENCES tideline.stream ON DELETE CASCADE,
    beginning text        NOT NULL, -- of one of the ids
    bytes     integer     NOT NULL, -- of the longest
    changes   bigint      NOT NULL,
    last_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- A key may be as long as an index entry, and stood beside other columns in this one. No generated column: should the owner
-- publish all tables, Postgres 18 refuses to change a row whose key has one.
CREATE FUNCTION tideline.key_digest(key text[]) RETURNS bytea
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN pg_catalog.sha256(pg_catalog.convert_to(key::text, pg_catalog.getdatabaseencoding()));
END
$$;
ALTER TABLE tideline.parked ADD COLUMN key_digest bytea;
UPDATE tideline.parked SET key_digest = tideline.key_digest(key);
ALTER TABLE tideline.parked DROP CONSTRAINT parked_pkey, ADD PRIMARY KEY (tenant, target, mapping_name, key_digest);

-- The name of a target is escaped in the name of its fuse, so that the last / always stands between tenant and name.
UPDATE tideline.fuse f
   SET name = 'target:' || s.tenant || '/' || replace(replace(s.target, '%', '%25'), '/', '%2F')
  FROM (SELECT DISTINCT tenant, target FROM tideline.target_state WHERE target ~ '[/%]') s
 WHERE f.name = 'target:' || s.tenant || '/' || s.target;
