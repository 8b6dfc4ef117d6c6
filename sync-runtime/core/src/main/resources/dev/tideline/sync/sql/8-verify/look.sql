-- Single rows again, with a hash of each column.
SELECT {{rowHash}} AS row_hash, ARRAY[{{columnHashes}}]::bigint[] AS column_hashes, {{keyNames}}
  FROM ROWS FROM ({{keyArrays}}) AS k ({{keyAliases}}) CROSS JOIN LATERAL ({{rows}}) s
