-- The part of the Directory app's tables that exists so far. A tenant's rows all carry its id.

CREATE TABLE tenancy (
    id           text PRIMARY KEY,
    display_name text NOT NULL
);

CREATE TABLE project_user (
    id           uuid        PRIMARY KEY,
    tenancy_id   text        NOT NULL REFERENCES tenancy ON DELETE CASCADE,
    display_name text        NOT NULL,
    is_anonymous boolean     NOT NULL DEFAULT false,
    signed_up_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (tenancy_id, id)
);

CREATE TABLE contact_channel (
    id          uuid    PRIMARY KEY,
    tenancy_id  text    NOT NULL,
    user_id     uuid    NOT NULL,
    type        text    NOT NULL DEFAULT 'email' CHECK (type IN ('email')),
    value       text    NOT NULL,
    is_primary  boolean NOT NULL DEFAULT false,
    is_verified boolean NOT NULL DEFAULT false,
    FOREIGN KEY (tenancy_id, user_id) REFERENCES project_user (tenancy_id, id) ON DELETE CASCADE
);
CREATE INDEX contact_channel_user ON contact_channel (tenancy_id, user_id);
CREATE UNIQUE INDEX contact_channel_one_primary ON contact_channel (tenancy_id, user_id, type) WHERE is_primary;

-- Where a tenant wants its rows; the columns are those that Tideline reads.
CREATE TABLE external_database (
    tenant  text    NOT NULL REFERENCES tenancy ON DELETE CASCADE,
    name    text    NOT NULL,
    url     text    NOT NULL,
    enabled boolean NOT NULL DEFAULT true,
    PRIMARY KEY (tenant, name)
);
