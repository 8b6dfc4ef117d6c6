-- Begins a term; see tideline.term. Waits only for an install that is about to commit.
SELECT tideline.begin_term()
