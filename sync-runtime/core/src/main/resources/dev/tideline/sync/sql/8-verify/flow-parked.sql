-- Keys of parked rows that have not been discarded.
SELECT {{keyNames}}
  FROM ROWS FROM ({{keyArrays}}) AS k ({{keyAliases}}), tideline.parked p
 WHERE p.tenant = {{tenant}} AND p.target = {{target}} AND p.mapping_name = {{mapping}} AND NOT p.discarded
   AND p.key = ARRAY[{{keyNames}}]
