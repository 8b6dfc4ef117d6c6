-- Counts how often capture had no right to write to its tables, or found none. A sequence: capture can draw from it
-- without a right on the schema, and without looking at its name; and a check compares all tables once it has moved.
CREATE SEQUENCE tideline.missed;
