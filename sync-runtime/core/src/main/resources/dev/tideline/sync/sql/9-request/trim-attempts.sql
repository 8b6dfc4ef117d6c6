-- Keeps the last tries, as many as are given.
DELETE FROM tideline.delivery_attempt WHERE attempt_id <= (SELECT max(attempt_id) FROM tideline.delivery_attempt) - ?
