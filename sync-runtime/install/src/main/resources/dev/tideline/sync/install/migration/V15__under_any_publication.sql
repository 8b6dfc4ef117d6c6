-- Where the owner publishes all tables, Postgres refuses to update or delete rows of a table that has no replica identity.
-- The change tables have no key, and a sequencer that finds its source restored into another cluster deletes from them.
-- Inserts and TRUNCATE, which are all that they see otherwise, cost the same.
ALTER TABLE tideline.change_0 REPLICA IDENTITY FULL;
ALTER TABLE tideline.change_1 REPLICA IDENTITY FULL;
ALTER TABLE tideline.change_2 REPLICA IDENTITY FULL;
