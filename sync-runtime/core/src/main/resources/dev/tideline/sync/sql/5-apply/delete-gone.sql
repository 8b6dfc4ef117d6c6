-- A key with another spelling that is equal in the target is updated by the merge instead, in place.
DELETE FROM {{target}} t USING pg_temp.{{stage}} s WHERE s.gone AND {{join}}{{exactly}}
