-- A tenant's external database has ids that this source never issued. Returns whether everything is compared, because
-- another tenant's database has such ids, too.
SELECT tideline.lost_history_seen(?, CAST(CAST(? AS text[]) AS bigint[]))
