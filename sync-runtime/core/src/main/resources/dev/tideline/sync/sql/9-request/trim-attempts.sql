-- Keeps the last tries, up to a given number.
DELETE FROM tideline.delivery_attempt WHERE attempt_id <= (SELECT max(attempt_id) FROM tideline.delivery_attempt) - ?
