-- How large the tables are that capture appends to. Sizes of files: nothing is read.
SELECT name, pg_relation_size(CAST('tideline.' || name AS regclass)) FROM unnest(ARRAY['change_0', 'change_1', 'change_2']) name
