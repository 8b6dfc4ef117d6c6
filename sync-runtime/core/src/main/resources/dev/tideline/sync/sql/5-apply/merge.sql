-- Rows that are identical byte by byte are left alone, so that their xmin stays. Compared as bytes, because 1.0 and
-- 1.00 are equal but different values, and json has no "=" at all. Identity columns of the owner's take our values.
INSERT INTO {{target}} AS t ({{columns}}) OVERRIDING SYSTEM VALUE
SELECT {{staged}} FROM {{rows}}
    ON CONFLICT ({{keys}}) DO {{update}}
