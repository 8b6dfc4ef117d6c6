-- Adds what this step removed from a ledger.
INSERT INTO tideline.collected_figures AS f (stream_id, entries) VALUES (?, ?)
    ON CONFLICT (stream_id) DO UPDATE SET entries = f.entries + EXCLUDED.entries
