-- Fails the statement that it stands in, where the table is not what the statement was planned with: evaluated once, before
-- the first row, when the statement holds its locks. The files are those that its snapshot shows.
(SELECT tideline.as_planned({{table}}, {{names}}, {{types}}, tideline.files_of({{table}}){{actual}}))
