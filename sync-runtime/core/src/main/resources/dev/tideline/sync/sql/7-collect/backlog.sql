-- Whether some tenant's request is being carried out, or could be. A request that waits for its next try is no backlog.
SELECT EXISTS (SELECT FROM tideline.outgoing_request
                WHERE kind = 'sync' AND NOT dead AND not_before <= clock_timestamp())
