-- HTTP requests: the application's own, webhooks and alerts. A table of their own below outgoing_request, so that whoever
-- asks that one sees all requests, and what changes or waits here lies in no index that the tenants' syncs are found by.
-- No two rows exclude each other: an application's transaction that enqueues waits for nobody. Of requests with the same
-- deduplication key the newest counts; the others are dropped when they are claimed.
CREATE TABLE tideline.http_request (
    request_id bigint NOT NULL DEFAULT nextval('tideline.outgoing_request_request_id_seq') PRIMARY KEY,
    kind       text   NOT NULL DEFAULT 'http' CHECK (kind = 'http'),
    not_before timestamptz NOT NULL DEFAULT clock_timestamp(),
    flow_key   text   NOT NULL,
    url        text   NOT NULL,
    message_id text   NOT NULL DEFAULT 'msg_' || replace(gen_random_uuid()::text, '-', ''), -- the webhook-id, for ever
    sender     text   NOT NULL DEFAULT 'application', -- or 'webhook:<id>', 'alert:<id>': whose secret signs it
    host       text   NOT NULL -- with its port
) INHERITS (tideline.outgoing_request);
CREATE INDEX http_request_waiting ON tideline.http_request (flow_key, request_id) WHERE lease_until IS NULL AND NOT dead;
CREATE INDEX http_request_due ON tideline.http_request (flow_key, not_before, request_id) WHERE lease_until IS NULL AND NOT dead;
CREATE INDEX http_request_newest ON tideline.http_request (deduplication_key, request_id) WHERE lease_until IS NULL AND NOT dead;
CREATE INDEX http_request_in_flight ON tideline.http_request (lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX http_request_dead ON tideline.http_request (request_id) WHERE dead;
CREATE INDEX http_request_overtaken ON tideline.http_request (deduplication_key, request_id) WHERE dead;

-- The last tries, also of requests that are done. The oldest are removed.
CREATE TABLE tideline.delivery_attempt (
    attempt_id  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id  bigint      NOT NULL,
    message_id  text        NOT NULL,
    sender      text        NOT NULL,
    host        text        NOT NULL,
    attempt     integer     NOT NULL,
    ended_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    duration_ms bigint      NOT NULL,
    status      integer, -- NULL: there was no answer
    error       text     -- NULL: delivered
);
CREATE INDEX ON tideline.delivery_attempt (request_id);

-- Up to which sequence id the changes of a mapping were made into requests to somebody.
CREATE TABLE tideline.webhook (
    webhook_id   text   PRIMARY KEY, -- digest of mapping and address
    mapping_name text   NOT NULL REFERENCES tideline.mapping ON DELETE CASCADE,
    sequence_id  bigint NOT NULL,
    stream       text   NOT NULL -- what the sequence ids are of; where it differs, rows may have gone unnoticed
);

-- What the receivers of alerts are, or are about to be, told of.
CREATE TABLE tideline.alert (
    alert_id text        NOT NULL, -- digest of the address
    kind     text        NOT NULL CHECK (kind IN ('lag', 'failing', 'parked', 'dead_letters')),
    tenant   text        NOT NULL,
    target   text        NOT NULL,
    since    timestamptz NOT NULL,
    told     boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (alert_id, kind, tenant, target)
);

-- What requests are signed with whose configuration names no secret.
CREATE TABLE tideline.signing_secret (
    secret text PRIMARY KEY DEFAULT 'whsec_' || encode(
        decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'), 'base64')
);
INSERT INTO tideline.signing_secret DEFAULT VALUES;

-- For the application's own transactions: the request is sent once they commit. Refuses what could never be sent; else it
-- only appends, and waits for nobody. It runs with its owner's rights, looks nothing up through the caller's search path,
-- and rings no bell, so that the transaction may also be prepared.
CREATE FUNCTION tideline.enqueue_request(
    url text, body jsonb DEFAULT NULL, headers jsonb DEFAULT NULL, deduplication_key text DEFAULT NULL,
    flow_key text DEFAULT NULL, parallelism integer DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_variable
DECLARE
    host text := lower(substring(url FROM '^https?://([^/?#]+)'));
    made bigint;
BEGIN
    IF host IS NULL OR length(url) > 2000 OR url ~ '[[:space:][:cntrl:]\\]' OR position('@' IN host) > 0 THEN
        RAISE EXCEPTION 'this is not an address that can be called' USING ERRCODE = 'invalid_parameter_value',
              HINT = 'Write https://host/path, in at most 2,000 characters.';
    END IF;
    IF octet_length(body::text) > 262144 THEN
        RAISE EXCEPTION 'the body has % bytes, and at most 262144 can be sent', octet_length(body::text)
              USING ERRCODE = 'program_limit_exceeded', HINT = 'Send a reference, and let the receiver fetch the rest.';
    END IF;
    IF jsonb_typeof(headers) <> 'object' OR octet_length(headers::text) > 16384
       OR jsonb_path_exists(headers, '$.* ? (@.type() != "string")')
       OR EXISTS (SELECT FROM jsonb_each_text(headers) h
                   WHERE h.key !~ '^[A-Za-z0-9!#$%&''*+.^_`|~-]+$' OR h.value !~ '^[\x20-\x7e\x09]*$'
                      OR h.key ~* '^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|webhook-.*)$') THEN
        RAISE EXCEPTION 'these headers cannot be sent' USING ERRCODE = 'invalid_parameter_value',
              HINT = 'Write an object of strings in ASCII; those of the connection and webhook-* are set by Tideline.';
    END IF;
    IF length(deduplication_key) > 500 OR length(flow_key) > 500 OR flow_key = '' THEN
        RAISE EXCEPTION 'deduplication_key and flow_key have at most 500 characters, and flow_key at least one'
              USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF parallelism NOT BETWEEN 1 AND 1000 OR parallelism IS NOT NULL AND flow_key IS NULL THEN
        RAISE EXCEPTION 'parallelism is a number from 1 to 1000, and belongs to a flow_key'
              USING ERRCODE = 'invalid_parameter_value';
    END IF;
    INSERT INTO tideline.http_request (url, body, headers, deduplication_key, flow_key, parallelism, host)
    VALUES (url, body, headers, 'application:' || deduplication_key, coalesce('application:' || flow_key, 'host:' || host),
            coalesce(parallelism, CASE WHEN flow_key IS NULL THEN 8 ELSE 1 END), host)
    RETURNING http_request.request_id INTO made;
    RETURN made;
END
$$;
REVOKE ALL ON FUNCTION tideline.enqueue_request(text, jsonb, jsonb, text, text, integer) FROM PUBLIC;
COMMENT ON FUNCTION tideline.enqueue_request(text, jsonb, jsonb, text, text, integer) IS
    'has a signed POST sent once this transaction has committed, at least once; returns its number in tideline.outgoing_request';
