COPY (
    SELECT {{columns}}
      FROM ROWS FROM ({{keyArrays}}) AS k ({{keyAliases}}) CROSS JOIN LATERAL ({{rows}}) s
) TO STDOUT
