-- The rows of the buckets whose bit is set, in an order that does not depend on collation or encoding.
SELECT key_hash, row_hash, {{keyNames}}
  FROM (SELECT {{keyHash}} AS key_hash, {{rowHash}} AS row_hash, {{keys}}
          FROM ({{rows}}) s) hashed
 WHERE pg_catalog.get_bit({{buckets}}, (key_hash & {{mask}})::integer) = 1
 ORDER BY key_hash
