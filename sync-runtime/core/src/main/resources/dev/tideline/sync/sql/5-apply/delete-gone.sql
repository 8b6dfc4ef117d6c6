-- A key that took another form which is equal here is updated by the merge instead, in place.
DELETE FROM {{target}} t USING pg_temp.{{stage}} s WHERE s.gone AND {{join}}{{exactly}}
