-- After probe-type: whether the change of type left the table's file alone. A new file means that Postgres rewrote the rows.
SELECT pg_relation_filenode('pg_temp.tideline_probe') = (SELECT node FROM pg_temp.tideline_probe_node)
