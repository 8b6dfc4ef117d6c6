COPY (
    SELECT {{columns}}
      FROM ROWS FROM ({{keyArrays}}) AS k ({{keyAliases}}), {{from}}
     WHERE {{condition}} AND {{match}}
) TO STDOUT
