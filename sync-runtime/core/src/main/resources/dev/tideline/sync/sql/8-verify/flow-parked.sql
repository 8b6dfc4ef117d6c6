-- Keys of rows that are set aside, and have not been given up.
SELECT {{keyNames}}
  FROM ROWS FROM ({{keyArrays}}) AS k ({{keyAliases}}), tideline.parked p
 WHERE p.tenant = {{tenant}} AND p.target = {{target}} AND p.mapping_name = {{mapping}} AND NOT p.discarded
   AND p.key = ARRAY[{{keyNames}}]
