-- Begins a term; see tideline.term. Waits for nobody but an install that is about to commit.
SELECT tideline.begin_term()
