-- Whether anything committed that no pass has seen. What a pass has seen is in the log on disk, for the pass itself is.
SELECT EXISTS (SELECT 1 FROM tideline.sequencer s
                CROSS JOIN LATERAL tideline.new_changes(s.last_snapshot, pg_current_snapshot()) c)
