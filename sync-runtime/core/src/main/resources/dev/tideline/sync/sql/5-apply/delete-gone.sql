DELETE FROM {{target}} t USING pg_temp.{{stage}} s WHERE s.tideline_gone AND {{join}}
