-- One scan: the number of rows in each bucket of the key's hash, and the sum of their hashes.
SELECT (key_hash & {{mask}})::integer AS bucket, pg_catalog.count(*) AS row_count, pg_catalog.sum(row_hash) AS hashes
  FROM (SELECT {{keyHash}} AS key_hash, {{rowHash}} AS row_hash
          FROM ({{rows}}) s) hashed
 GROUP BY 1
