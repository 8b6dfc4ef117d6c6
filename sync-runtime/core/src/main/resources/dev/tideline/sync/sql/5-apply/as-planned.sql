{{fingerprint}} = {{planned}}
   AND (SELECT count(*) FROM {{target}} WHERE false) = 0 -- holds the table's lock, under which no type changes
