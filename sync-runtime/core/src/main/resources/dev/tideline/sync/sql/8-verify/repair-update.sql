-- Updated in place rather than deleted and inserted, since the owner's tables may refer to it ON DELETE CASCADE. The
-- key's columns, too: 1.0 and 1.00 are the same key.
UPDATE {{target}} r SET {{assignments}} FROM pg_temp.tideline_repair s WHERE {{onKey}}
