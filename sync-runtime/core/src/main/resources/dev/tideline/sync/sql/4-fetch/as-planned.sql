-- Fails its statement if the table is not what the statement was planned for: evaluated once, before the first row,
-- when the statement holds its locks. The files are those in its snapshot.
(SELECT tideline.as_planned({{table}}, {{names}}, {{types}}, tideline.files_of({{table}}){{actual}}))
