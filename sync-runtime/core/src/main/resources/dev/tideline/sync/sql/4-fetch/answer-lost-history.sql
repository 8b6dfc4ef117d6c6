-- A tenant's external database has ids that this source never gave. Whether everything is compared for that, since another
-- tenant's has them, too.
SELECT tideline.lost_history_seen(?, CAST(CAST(? AS text[]) AS bigint[]))
