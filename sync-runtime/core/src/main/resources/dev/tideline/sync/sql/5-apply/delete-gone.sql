DELETE FROM {{target}} t USING pg_temp.{{stage}} s WHERE s.gone AND {{join}}
