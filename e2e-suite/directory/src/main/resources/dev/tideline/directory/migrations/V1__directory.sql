-- The Directory app's tables. A tenant's rows all carry its id, and so do the foreign keys between them: a row can point to
-- none of another tenant.

CREATE TABLE tenancy (
    id                         text    PRIMARY KEY,
    display_name               text    NOT NULL,
    sign_up_mode               text    NOT NULL DEFAULT 'open' CHECK (sign_up_mode IN ('open', 'waitlist')),
    require_email_verification boolean NOT NULL DEFAULT false
);

CREATE TABLE api_key (
    tenancy_id text  NOT NULL REFERENCES tenancy ON DELETE CASCADE,
    kind       text  NOT NULL CHECK (kind IN ('client', 'server', 'admin')),
    key_hash   bytea NOT NULL,
    PRIMARY KEY (tenancy_id, kind)
);

CREATE SEQUENCE waitlist_number;

CREATE TABLE project_user (
    id                                  uuid        PRIMARY KEY,
    tenancy_id                          text        NOT NULL REFERENCES tenancy ON DELETE CASCADE,
    display_name                        text        NOT NULL,
    is_anonymous                        boolean     NOT NULL DEFAULT false,
    signed_up_at                        timestamptz NOT NULL DEFAULT clock_timestamp(),
    waitlist_status                     text        CHECK (waitlist_status IN ('waiting', 'approved', 'rejected')),
    waitlist_number                     bigint,
    restricted_by_admin                 boolean     NOT NULL DEFAULT false,
    restricted_by_admin_reason          text,
    restricted_by_admin_private_details text,
    selected_team_id                    uuid,
    -- Grows with every change of what a token says about the user.
    version                             bigint      NOT NULL DEFAULT 1,
    UNIQUE (tenancy_id, id),
    CHECK ((waitlist_status IS NULL) = (waitlist_number IS NULL)),
    CHECK (restricted_by_admin
           OR restricted_by_admin_reason IS NULL AND restricted_by_admin_private_details IS NULL)
);
CREATE INDEX project_user_by_age ON project_user (tenancy_id, signed_up_at, id);
CREATE UNIQUE INDEX project_user_waiting ON project_user (tenancy_id, waitlist_number) WHERE waitlist_status = 'waiting';

-- Beside the user and not in its row, so that no mapping of all columns can ever export it.
CREATE TABLE password_credential (
    user_id       uuid PRIMARY KEY,
    tenancy_id    text NOT NULL,
    password_hash text NOT NULL,
    FOREIGN KEY (tenancy_id, user_id) REFERENCES project_user (tenancy_id, id) ON DELETE CASCADE
);

CREATE TABLE contact_channel (
    id            uuid    PRIMARY KEY,
    tenancy_id    text    NOT NULL,
    user_id       uuid    NOT NULL,
    type          text    NOT NULL DEFAULT 'email' CHECK (type IN ('email')),
    value         text    NOT NULL,
    is_primary    boolean NOT NULL DEFAULT false,
    is_verified   boolean NOT NULL DEFAULT false,
    used_for_auth boolean NOT NULL DEFAULT false,
    UNIQUE (tenancy_id, id),
    UNIQUE (tenancy_id, user_id, type, value),
    FOREIGN KEY (tenancy_id, user_id) REFERENCES project_user (tenancy_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX contact_channel_one_primary ON contact_channel (tenancy_id, user_id, type) WHERE is_primary;
CREATE UNIQUE INDEX contact_channel_one_sign_in ON contact_channel (tenancy_id, type, value) WHERE used_for_auth;

CREATE TABLE verification_code (
    channel_id    uuid        PRIMARY KEY,
    tenancy_id    text        NOT NULL,
    code_hash     text        NOT NULL,
    attempts_left int         NOT NULL,
    expires_at    timestamptz NOT NULL,
    FOREIGN KEY (tenancy_id, channel_id) REFERENCES contact_channel (tenancy_id, id) ON DELETE CASCADE
);

CREATE TABLE team (
    id           uuid        PRIMARY KEY,
    tenancy_id   text        NOT NULL REFERENCES tenancy ON DELETE CASCADE,
    display_name text        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (tenancy_id, id)
);

CREATE TABLE team_member (
    tenancy_id text        NOT NULL,
    team_id    uuid        NOT NULL,
    user_id    uuid        NOT NULL,
    joined_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (team_id, user_id),
    UNIQUE (tenancy_id, team_id, user_id),
    FOREIGN KEY (tenancy_id, team_id) REFERENCES team (tenancy_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenancy_id, user_id) REFERENCES project_user (tenancy_id, id) ON DELETE CASCADE
);
CREATE INDEX team_member_user ON team_member (tenancy_id, user_id);

CREATE TABLE team_permission (
    tenancy_id    text NOT NULL,
    team_id       uuid NOT NULL,
    user_id       uuid NOT NULL,
    permission_id text NOT NULL,
    PRIMARY KEY (team_id, user_id, permission_id),
    FOREIGN KEY (tenancy_id, team_id, user_id) REFERENCES team_member (tenancy_id, team_id, user_id) ON DELETE CASCADE
);

CREATE TABLE project_permission (
    tenancy_id    text NOT NULL,
    user_id       uuid NOT NULL,
    permission_id text NOT NULL,
    PRIMARY KEY (user_id, permission_id),
    FOREIGN KEY (tenancy_id, user_id) REFERENCES project_user (tenancy_id, id) ON DELETE CASCADE
);

CREATE TABLE invitation (
    id         uuid        PRIMARY KEY,
    tenancy_id text        NOT NULL,
    team_id    uuid        NOT NULL,
    email      text        NOT NULL,
    code_hash  text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    FOREIGN KEY (tenancy_id, team_id) REFERENCES team (tenancy_id, id) ON DELETE CASCADE
);
CREATE INDEX invitation_team ON invitation (tenancy_id, team_id);

CREATE TABLE notification_preference (
    tenancy_id text    NOT NULL,
    user_id    uuid    NOT NULL,
    category   text    NOT NULL,
    enabled    boolean NOT NULL,
    PRIMARY KEY (user_id, category),
    FOREIGN KEY (tenancy_id, user_id) REFERENCES project_user (tenancy_id, id) ON DELETE CASCADE
);

CREATE TABLE email_outbox (
    id               uuid        PRIMARY KEY,
    -- Newest first, without ties.
    number           bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    tenancy_id       text        NOT NULL REFERENCES tenancy ON DELETE CASCADE,
    -- To the user's primary address at the time of sending, or else to a fixed address.
    user_id          uuid,
    to_address       text,
    subject          text        NOT NULL,
    html             text        NOT NULL,
    category         text        NOT NULL,
    status           text        NOT NULL DEFAULT 'preparing' CHECK (status IN
                                     ('paused', 'preparing', 'scheduled', 'queued', 'sending', 'server-error', 'skipped', 'sent')),
    skipped_reason   text,
    error            text,
    created_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    scheduled_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    next_attempt_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    attempts         int         NOT NULL DEFAULT 0,
    -- While it is being sent: by which attempt, and until when that attempt is believed to live.
    claim            uuid,
    claim_expires_at timestamptz,
    -- When the whole content was with the mail server. From here on it may have been sent.
    handed_over_at   timestamptz,
    sent_at          timestamptz,
    CHECK (user_id IS NOT NULL OR to_address IS NOT NULL),
    CHECK ((status = 'skipped') = (skipped_reason IS NOT NULL)),
    CHECK ((status = 'sending') = (claim IS NOT NULL)),
    FOREIGN KEY (tenancy_id, user_id) REFERENCES project_user (tenancy_id, id) ON DELETE CASCADE
);
CREATE INDEX email_outbox_newest ON email_outbox (tenancy_id, number DESC);
CREATE INDEX email_outbox_user ON email_outbox (tenancy_id, user_id);
CREATE INDEX email_outbox_waiting ON email_outbox (next_attempt_at, number)
    WHERE status IN ('preparing', 'scheduled', 'queued', 'sending');

CREATE TABLE refresh_token (
    id         uuid        PRIMARY KEY,
    tenancy_id text        NOT NULL,
    user_id    uuid        NOT NULL,
    token_hash bytea       NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    FOREIGN KEY (tenancy_id, user_id) REFERENCES project_user (tenancy_id, id) ON DELETE CASCADE
);
CREATE INDEX refresh_token_user ON refresh_token (tenancy_id, user_id);

CREATE TABLE connected_account (
    tenancy_id          text NOT NULL,
    user_id             uuid NOT NULL,
    provider            text NOT NULL,
    provider_account_id text NOT NULL,
    PRIMARY KEY (user_id, provider),
    UNIQUE (tenancy_id, provider, provider_account_id),
    FOREIGN KEY (tenancy_id, user_id) REFERENCES project_user (tenancy_id, id) ON DELETE CASCADE
);

CREATE TABLE rate_limit (
    tenancy_id   text        NOT NULL REFERENCES tenancy ON DELETE CASCADE,
    action       text        NOT NULL,
    subject      text        NOT NULL,
    window_start timestamptz NOT NULL,
    uses         int         NOT NULL,
    PRIMARY KEY (tenancy_id, action, subject)
);

-- What access tokens and unsubscribe links are signed with; one for the whole app, made by whoever starts first.
CREATE TABLE signing_key (
    id  text PRIMARY KEY,
    jwk text NOT NULL
);

-- Where a tenant wants its rows; the columns are those that Tideline reads.
CREATE TABLE external_database (
    tenant  text    NOT NULL REFERENCES tenancy ON DELETE CASCADE,
    name    text    NOT NULL,
    url     text    NOT NULL,
    enabled boolean NOT NULL DEFAULT true,
    PRIMARY KEY (tenant, name)
);

-- A user with what decides about restrictions. Which reason counts is decided by RestrictedReason; that some reason is
-- there is decided here, too, so that lists can be filtered. A test compares the two for every combination.
CREATE VIEW directory_user AS
SELECT u.*,
       p.value AS primary_email,
       coalesce(p.is_verified, false) AS primary_email_verified,
       t.require_email_verification,
       u.is_anonymous
           OR coalesce(u.waitlist_status IN ('waiting', 'rejected'), false)
           OR t.require_email_verification AND NOT coalesce(p.is_verified, false)
           OR u.restricted_by_admin AS is_restricted,
       CASE WHEN u.waitlist_status = 'waiting' THEN
           (SELECT count(*) FROM project_user earlier
             WHERE earlier.tenancy_id = u.tenancy_id AND earlier.waitlist_status = 'waiting'
               AND earlier.waitlist_number <= u.waitlist_number)
       END AS waitlist_position
  FROM project_user u
  JOIN tenancy t ON t.id = u.tenancy_id
  LEFT JOIN contact_channel p ON p.tenancy_id = u.tenancy_id AND p.user_id = u.id AND p.is_primary;
