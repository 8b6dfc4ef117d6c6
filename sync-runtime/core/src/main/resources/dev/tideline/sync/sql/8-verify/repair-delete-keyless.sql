-- No row of the source has a key that is NULL.
DELETE FROM {{target}} r WHERE {{keyless}}
